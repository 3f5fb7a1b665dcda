using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Host.Mail;
using CasePlanning.Host.Settings;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>The sender against a mail server that others wrote. It needs Node.js and its package, which <c>.ci/run</c> installs.</summary>
[Trait("Category", "MailServer")]
public sealed class SmtpIndependentServerTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmtpCertificates _certificates = new();
    private Process _server = null!;
    private int _port;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder.Of("key.pem"), _certificates.ServerKey);
        await File.WriteAllTextAsync(_folder.Of("certificate.pem"), _certificates.Server.ExportCertificatePem());
        _server = Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "independent-server.js"), _folder.Of("key.pem"), _folder.Of("certificate.pem")]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        _port = int.Parse(await Line(), CultureInfo.InvariantCulture);
    }

    public async Task DisposeAsync()
    {
        _server.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_takes_our_mail_behind_TLS_and_signed_in_with_our_Message_ID()
    {
        using var sender = Sender();

        Assert.IsType<SendOutcome.Sent>(await sender.Send(To("ines"), default));

        var taken = JsonSerializer.Deserialize<Taken>(await Line(), JsonSerializerOptions.Web)!;
        Assert.Equal(("ines@county.example", "plans", true), (taken.To, taken.User, taken.Secure));
        Assert.Contains("Message-ID: <ines@plans.example>", taken.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_refusals_are_understood()
    {
        using var sender = Sender();

        Assert.Contains("no such mailbox", Assert.IsType<SendOutcome.Rejected>(await sender.Send(To("nobody"), default)).Reason, StringComparison.Ordinal);
        Assert.Contains("cannot read this", Assert.IsType<SendOutcome.Rejected>(await sender.Send(To("poison"), default)).Reason, StringComparison.Ordinal);
        Assert.Contains("greylisted", Assert.IsType<SendOutcome.Unavailable>(await sender.Send(To("later"), default)).Reason, StringComparison.Ordinal);
        Assert.IsType<SendOutcome.Sent>(await sender.Send(To("later"), default));
    }

    [Fact]
    public async Task A_wrong_password_is_about_the_sign_in()
    {
        using var sender = Sender(password: "another");

        Assert.Contains("Mail:Smtp:Password", Assert.IsType<SendOutcome.Unreachable>(await sender.Send(To("ines"), default)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_certificate_is_trusted_only_where_its_authority_is_named()
    {
        using var other = new SmtpCertificates();
        using var sender = Sender(other);

        Assert.IsType<SendOutcome.Unreachable>(await sender.Send(To("ines"), default));
    }

    [Fact]
    public async Task Many_messages_share_its_connections()
    {
        using var sender = Sender();

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 100).Select(number => sender.Send(To($"person-{number}"), default)));

        Assert.All(outcomes, outcome => Assert.IsType<SendOutcome.Sent>(outcome));
        var sessions = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 0; number < 100; number++)
        {
            sessions.Add(JsonSerializer.Deserialize<Taken>(await Line(), JsonSerializerOptions.Web)!.Session);
        }

        Assert.InRange(sessions.Count, 1, 20);
    }

    private SmtpSender Sender(SmtpCertificates? certificates = null, string password = "a secret") => new(new MailOptions(
        MailKind.Smtp, "", "Case planning <plans@county.example>", "plans.example",
        new SmtpOptions("localhost", _port, true, [(certificates ?? _certificates).Authority], "plans", password, TimeSpan.FromSeconds(30), 3)));

    private static Message To(string name) => new()
    {
        Id = $"{name}@plans.example",
        Kind = MessageKind.Digest,
        Agency = "sample",
        Person = "ines",
        Role = Role.Worker,
        Address = $"{name}@county.example",
        Subject = "1 thing to do",
        Body = MailBody.Of("One deadline."),
        StoredAt = DateTimeOffset.UnixEpoch,
        NextAttempt = DateTimeOffset.UnixEpoch,
    };

    private async Task<string> Line() =>
        await _server.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System) ?? throw new InvalidOperationException("The mail server ended.");

    private sealed record Taken(string To, string User, bool Secure, string Session, string Text);
}
