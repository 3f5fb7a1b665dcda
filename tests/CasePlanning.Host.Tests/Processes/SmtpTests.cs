using System.Text.Json;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>Mail over SMTP: taken, put off and tried again, refused for good, broken off.</summary>
public sealed class SmtpTests : IDisposable
{
    private const string Supervisor = "sofia.lindgren@sample.test";
    private const string Worker = "wanda.okafor@sample.test";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Mail_that_is_put_off_or_broken_off_is_sent_later_and_once_it_is_taken_never_again()
    {
        await using var server = new SmtpServer((_, attempt) => attempt switch { 1 => "451 later, please", 2 => "", _ => "250 OK" });
        await using var host = await Start(server);
        await Eventually.Holds(async () => (await Mail(host)).All(mail => mail.Attempts > 0), "every message was tried");

        await Move(host, "2027-01-05T02:00:00Z");

        var mail = await Mail(host);
        Assert.NotEmpty(mail);
        Assert.All(mail, each => Assert.Equal("sent", each.State));
        Assert.Contains(mail, each => each.Attempts > 1);
        Assert.Equal(
            mail.Select(each => each.Id).Order(StringComparer.Ordinal),
            server.Taken.Select(taken => Header(taken.Text, "Message-ID").Trim('<', '>')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_permanent_refusal_is_a_dead_letter_that_holds_up_nobody_and_can_be_released()
    {
        var mended = false;
        await using var server = new SmtpServer((to, _) => to == Supervisor && !Volatile.Read(ref mended) ? "550 no such mailbox" : "250 OK");
        await using var host = await Start(server);
        await Eventually.Holds(async () => (await Mail(host)).All(mail => mail.State != "waiting"), "every message was answered");

        var mail = await Mail(host);
        Assert.All(mail, each => Assert.Equal(each.Address == Supervisor ? "dead" : "sent", each.State));
        Assert.Contains(mail, each => each.Address == Worker);
        var dead = mail.First(each => each.State == "dead");
        Assert.Contains("no such mailbox", dead.LastError, StringComparison.Ordinal);
        Assert.Contains(mail, each => each.Kind == "undelivered" && each.About == dead.Id && each.State == "sent");
        await DeadLettersAreOnThePage(host);

        Volatile.Write(ref mended, true);
        Assert.Equal(200, (await host.Send(HttpMethod.Post, $"/api/mail/{dead.Id}/release", "administrator")).Status);
        await Eventually.Holds(async () => (await Mail(host)).Any(each => each.Id == dead.Id && each.State == "sent"), "the released message was sent");
    }

    [Fact]
    public async Task A_message_carries_plain_text_and_HTML_and_a_Message_ID_of_our_own()
    {
        await using var server = new SmtpServer((_, _) => "250 OK");
        await using var host = await Start(server);
        await Eventually.Holds(async () => (await Mail(host)).All(mail => mail.State == "sent"), "every message was sent");

        var text = server.Taken.First(taken => taken.To == Supervisor).Text;

        Assert.Contains("multipart/alternative", text, StringComparison.Ordinal);
        Assert.Contains("text/plain", text, StringComparison.Ordinal);
        Assert.Contains("text/html", text, StringComparison.Ordinal);
        Assert.EndsWith("@mail.sample.test>", Header(text, "Message-ID"), StringComparison.Ordinal);
        Assert.Equal(1, text.Split("Message-ID:").Length - 1);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task DeadLettersAreOnThePage(HostProcess host)
    {
        using var browser = new Browser(host.Address);
        Assert.Equal(302, await browser.Get("/mail"));
        await browser.SignInAs("worker");
        Assert.Equal(403, await browser.Get("/mail"));
        Assert.DoesNotContain(Supervisor, browser.Page, StringComparison.Ordinal);
        await browser.SignInAs("administrator");
        Assert.Equal(200, await browser.Get("/mail"));
        Assert.Contains(Supervisor, browser.Page, StringComparison.Ordinal);
        Assert.Contains("no such mailbox", browser.Page, StringComparison.Ordinal);
    }

    private Task<HostProcess> Start(SmtpServer server) => HostProcess.Start(
        _folder.Of("data"),
        ("Clock:Mode", "simulated"),
        ("Clock:Start", "2027-01-04T18:00:00Z"),
        ("Mail:Kind", "smtp"),
        ("Mail:Domain", "mail.sample.test"),
        ("Mail:Smtp:Host", "127.0.0.1"),
        ("Mail:Smtp:Port", server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("Mail:Smtp:StartTls", "false"));

    private static async Task<IReadOnlyList<Trace>> Mail(HostProcess host) =>
        JsonSerializer.Deserialize<Trace[]>((await host.Send(HttpMethod.Get, "/api/mail", "administrator")).Body, JsonSerializerOptions.Web)!;

    private static async Task Move(HostProcess host, string to) =>
        Assert.Equal(200, (await host.Send(HttpMethod.Post, "/api/clock", "administrator", $$"""{"to":"{{to}}"}""")).Status);

    private static string Header(string text, string name) =>
        text.Split('\n').First(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();

    private sealed record Trace(string Id, string Kind, string Address, string State, int Attempts, string? LastError, string? About);
}
