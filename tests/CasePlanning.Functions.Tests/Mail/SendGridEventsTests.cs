using System.Security.Cryptography;
using System.Text;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Functions.Mail;
using CasePlanning.Storage.Memory;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace CasePlanning.Functions.Tests.Mail;

/// <summary>Reports as SendGrid posts them, signed with a key made here.</summary>
public sealed class SendGridEventsTests : IAsyncLifetime
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TestClock _clock = new(Samples.Stored.AddHours(1));
    private InMemoryStore _store = null!;

    public async Task InitializeAsync() => _store = await Samples.Store();

    public async Task DisposeAsync()
    {
        _key.Dispose();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task A_delivery_is_recorded_with_its_time()
    {
        Assert.Equal(204, await Post(Event("delivered", "\"response\":\"250 OK\"")));

        Assert.Equal((MessageState.Sent, Samples.Stored.AddMinutes(1)), (await Stored() is { } message ? (message.State, message.DeliveredAt!.Value) : default));
    }

    [Theory]
    [InlineData("bounce", "\"reason\":\"550 5.1.1 unknown user\",\"type\":\"bounce\"", "Bounced: 550 5.1.1 unknown user")]
    [InlineData("dropped", "\"reason\":\"Bounced Address\"", "Dropped: Bounced Address")]
    [InlineData("dropped", "\"status\":\"5.0.0\"", "Dropped: SendGrid gave no reason.")]
    public async Task A_message_that_didnt_arrive_is_dead_and_the_administrator_is_told(string kind, string more, string error)
    {
        Assert.Equal(204, await Post(Event(kind, more)));

        Assert.Equal((MessageState.Dead, error), (await Stored() is { } message ? (message.State, message.LastError!) : default));
        Assert.Contains(await _store.Outbox.Waiting(_clock.Now, 10, default), told => told is { Kind: MessageKind.Undelivered, Person: "administrator" });
    }

    [Fact]
    public async Task A_message_that_is_put_off_says_why()
    {
        Assert.Equal(204, await Post(Event("deferred", "\"response\":\"451 try later\"")));

        Assert.Equal("Deferred: 451 try later", (await Stored()).LastError);
    }

    [Fact]
    public async Task The_same_report_again_and_whatever_else_is_reported_changes_nothing()
    {
        var batch = $"[{Event("bounce", "\"reason\":\"unknown user\"")[1..^1]},{Event("delivered")[1..^1]},{Event("open")[1..^1]},{Event("processed")[1..^1]}]";
        Assert.Equal(204, await Post(batch));
        var (before, waiting) = (await Stored(), (await _store.Outbox.Waiting(_clock.Now, 10, default)).Count);

        Assert.Equal(204, await Post(batch));

        Assert.Equal((before.Revision, waiting), ((await Stored()).Revision, (await _store.Outbox.Waiting(_clock.Now, 10, default)).Count));
    }

    [Fact]
    public async Task Mail_of_somebody_else_is_passed_over()
    {
        Assert.Equal(204, await Post("""[{"event":"bounce","timestamp":1772470860},{"event":"bounce","timestamp":1772470860,"case_planning_message":"none@elsewhere"}]"""));

        Assert.Equal(MessageState.Waiting, (await Stored()).State);
    }

    [Fact]
    public async Task What_SendGrid_didnt_sign_changes_nothing()
    {
        var bounce = Event("bounce", "\"reason\":\"unknown user\"");
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal(401, await Post(bounce, signed: false));
        Assert.Equal(401, await Post(bounce, tamper: body => body.Replace("unknown", "invented", StringComparison.Ordinal)));
        Assert.Equal(401, await Post(bounce, by: another));
        Assert.Equal(401, await Post(bounce, sentAt: "1772470861"));
        Assert.Equal(401, await Post(bounce, sentAt: "just now"));
        Assert.Equal(MessageState.Waiting, (await Stored()).State);
    }

    [Theory]
    [InlineData(24 * 60, 204)]
    [InlineData((25 * 60) + 1, 401)]
    [InlineData(-9, 204)]
    [InlineData(-11, 401)]
    public async Task What_was_signed_longer_ago_than_SendGrid_tries_or_in_the_future_is_not_taken(int minutes, int status)
    {
        _clock.Now = Samples.Stored.AddMinutes(1 + minutes);

        Assert.Equal(status, await Post("[]"));
    }

    [Fact]
    public async Task Without_a_key_nothing_is_taken() => Assert.Equal(404, await Post(Event("delivered"), keySet: false));

    [Fact]
    public async Task A_body_that_cant_be_read_is_refused() => Assert.Equal(400, await Post("{}"));

    [Fact]
    public async Task A_body_larger_than_any_of_SendGrids_is_refused() => Assert.Equal(413, await Post(new string(' ', 5 * 1024 * 1024)));

    private static string Event(string kind, string more = "\"sg_event_id\":\"1\"") =>
        $$"""[{"email":"worker@example.org","timestamp":{{Samples.Stored.AddMinutes(1).ToUnixTimeSeconds()}},"event":"{{kind}}","case_planning_message":"{{Samples.MessageId}}",{{more}}}]""";

    private async Task<Message> Stored() => (await _store.Outbox.Find(Samples.MessageId, default))!;

    private async Task<int> Post(string body, bool signed = true, bool keySet = true, Func<string, string>? tamper = null, ECDsa? by = null, string sentAt = "1772470860")
    {
        var settings = Samples.Settings(new Uri("http://localhost"), eventKey: keySet ? Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()) : null);
        var texts = new UndeliveredTexts(new MailSettings("https://plans.example.org", "plans.example.org"));
        var deadLetters = new DeadLetters(_store.Cases, _store.Directory, _store.Inbox, _store.Outbox, texts);
        var events = new SendGridEvents(settings, _store.Outbox, _store.Directory, new Deliveries(_store.Outbox, deadLetters), _clock, NullLogger<SendGridEvents>.Instance);
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(tamper?.Invoke(body) ?? body));
        context.Request.Headers["X-Twilio-Email-Event-Webhook-Timestamp"] = sentAt;
        if (signed)
        {
            var signature = (by ?? _key).SignData(Encoding.UTF8.GetBytes($"1772470860{body}"), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            context.Request.Headers["X-Twilio-Email-Event-Webhook-Signature"] = Convert.ToBase64String(signature);
        }

        return ((IStatusCodeHttpResult)await events.Take(context.Request, default)).StatusCode!.Value;
    }
}
