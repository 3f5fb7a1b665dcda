using System.Text.Json;
using CasePlanning.Application.Ports;
using CasePlanning.Functions.Mail;

namespace CasePlanning.Functions.Tests.Mail;

/// <summary>The sender over HTTP, against the service's wire format.</summary>
public sealed class SendGridSenderTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private MailService _service = null!;

    public async Task InitializeAsync() => _service = await MailService.Start();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task A_message_goes_out_as_it_was_stored_with_its_id_and_untracked()
    {
        Assert.IsType<SendOutcome.Sent>(await Send());

        var (authorization, body) = Assert.Single(_service.Taken);
        Assert.Equal("Bearer key-of-the-account", authorization);
        Assert.Equal(
            JsonSerializer.Serialize(JsonDocument.Parse($$$"""
                {
                  "from": { "name": "Case planning", "email": "plans@example.org" },
                  "subject": "Case 1: a plan is overdue",
                  "personalizations": [ { "to": [ { "email": "worker@example.org" } ] } ],
                  "content": [
                    { "type": "text/plain", "value": "It was due yesterday." },
                    { "type": "text/html", "value": "\u003Cp\u003EIt was due yesterday.\u003C/p\u003E" }
                  ],
                  "headers": { "Message-ID": "\u003C{{{Samples.MessageId}}}\u003E", "Auto-Submitted": "auto-generated" },
                  "categories": [ "case-planning", "first-day-overdue" ],
                  "custom_args": { "case_planning_message": "{{{Samples.MessageId}}}" },
                  "mail_settings": { "sandbox_mode": { "enable": false } },
                  "tracking_settings": {
                    "click_tracking": { "enable": false, "enable_text": false },
                    "open_tracking": { "enable": false },
                    "subscription_tracking": { "enable": false }
                  }
                }
                """)),
            JsonSerializer.Serialize(body));
    }

    [Fact]
    public async Task A_sandbox_checks_and_delivers_nothing()
    {
        _service.Answer(200);

        Assert.IsType<SendOutcome.Sent>(await Send(sandbox: true));

        Assert.True(Assert.Single(_service.Taken).Body.GetProperty("mail_settings").GetProperty("sandbox_mode").GetProperty("enable").GetBoolean());
    }

    [Theory]
    [InlineData(400, "Rejected")]
    [InlineData(413, "Rejected")]
    [InlineData(429, "Unavailable")]
    [InlineData(500, "Unavailable")]
    [InlineData(503, "Unavailable")]
    [InlineData(401, "Unreachable")]
    [InlineData(403, "Unreachable")]
    public async Task A_refusal_is_about_the_message_the_moment_or_the_account(int status, string outcome)
    {
        _service.Answer(status, """{"errors":[{"message":"Does not contain a valid address.","field":"personalizations.0.to.0.email","help":null},{"message":"And more.","field":null}]}""");

        var answer = await Send();

        Assert.Equal((outcome, $"{status}: personalizations.0.to.0.email: Does not contain a valid address. And more."), (answer.GetType().Name, ReasonOf(answer)));
    }

    [Fact]
    public async Task An_answer_in_other_words_is_kept_in_those_words()
    {
        _service.Answer(502, "<h1>Bad gateway</h1>");

        Assert.Equal("502: <h1>Bad gateway</h1>", ReasonOf(await Send()));
    }

    [Fact]
    public async Task Without_a_connection_no_message_can_be_handed_over()
    {
        var gone = _service.Address;
        await _service.DisposeAsync();

        Assert.IsType<SendOutcome.Unreachable>(await new SendGridSender(_http, Samples.Settings(gone)).Send(Samples.Message, default));
    }

    [Fact]
    public async Task A_service_that_doesnt_answer_is_unreachable()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        using var http = new HttpClient { Timeout = TimeSpan.FromMilliseconds(200) };

        var answer = await new SendGridSender(http, Samples.Settings(new Uri($"http://{listener.LocalEndpoint}"))).Send(Samples.Message, default);

        Assert.Equal("127.0.0.1 didn't answer within 0 seconds.", Assert.IsType<SendOutcome.Unreachable>(answer).Reason);
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_here()
    {
        var answer = await new SendGridSender(_http, Samples.Settings(_service.Address)).Send(Samples.Message with { Address = "nobody" }, default);

        Assert.IsType<SendOutcome.Rejected>(answer);
        Assert.Empty(_service.Taken);
    }

    private Task<SendOutcome> Send(bool sandbox = false) => new SendGridSender(_http, Samples.Settings(_service.Address, sandbox)).Send(Samples.Message, default);

    private static string ReasonOf(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Rejected rejected => rejected.Reason,
        SendOutcome.Unavailable unavailable => unavailable.Reason,
        SendOutcome.Unreachable unreachable => unreachable.Reason,
        _ => "",
    };
}
