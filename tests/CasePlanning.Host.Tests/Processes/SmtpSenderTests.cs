using System.Net;
using System.Net.Sockets;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Host.Mail;
using CasePlanning.Host.Settings;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>What a mail server says, and what the sender makes of it: sent, refused for good, put off, or no way out for any message.</summary>
public sealed class SmtpSenderTests : IDisposable
{
    private static readonly (string User, string Password) Account = ("plans", "a secret");

    private readonly SmtpCertificates _certificates = new();

    [Fact]
    public async Task Mail_goes_out_behind_TLS_and_signed_in()
    {
        await using var server = new SmtpServer(new SmtpManners { Certificate = _certificates.Server, Account = Account });

        Assert.IsType<SendOutcome.Sent>(await Send(server, Secure(server)));

        Assert.Equal(["EHLO", "STARTTLS"], server.InTheClear);
        var (to, text) = Assert.Single(server.Taken);
        Assert.Equal("ines@county.example", to);
        Assert.Contains("Message-ID: <m-1@plans.example>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_TLS_is_asked_for_and_not_offered_nothing_is_sent_in_the_clear()
    {
        await using var server = new SmtpServer(new SmtpManners { Account = Account });

        Unreachable(await Send(server, Secure(server)), "secure connection");

        Assert.DoesNotContain(server.InTheClear, word => word is "AUTH" or "MAIL" or "DATA");
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_not_trusted_even_from_the_named_authority()
    {
        using var other = new SmtpCertificates("mail.example.org");
        await using var server = new SmtpServer(new SmtpManners { Certificate = other.Server, Account = Account });

        Unreachable(await Send(server, Secure(server) with { CertificateAuthority = [other.Authority] }), "certificate");

        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_not_trusted()
    {
        using var other = new SmtpCertificates();
        await using var server = new SmtpServer(new SmtpManners { Certificate = other.Server, Account = Account });

        Unreachable(await Send(server, Secure(server)), "certificate");

        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task A_wrong_password_says_nothing_about_the_message_and_names_the_setting()
    {
        await using var server = new SmtpServer(new SmtpManners { Certificate = _certificates.Server, Account = Account });

        Unreachable(await Send(server, Secure(server) with { Password = "another" }), "Mail:Smtp:Password");
    }

    [Theory]
    [InlineData("550 5.1.1 no such mailbox")]
    [InlineData("554 5.4.1 no such domain")]
    public async Task A_recipient_refused_for_good_is_rejected_with_the_servers_words(string answer)
    {
        await using var server = new SmtpServer((_, _) => answer);

        var rejected = Assert.IsType<SendOutcome.Rejected>(await Send(server));

        Assert.Contains(answer[4..], rejected.Reason, StringComparison.Ordinal);
        Assert.StartsWith(answer[..3], rejected.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_refused_for_good_is_rejected()
    {
        await using var server = new SmtpServer(new SmtpManners { Text = (_, _) => "554 5.6.0 can't read this" });

        Assert.Contains("can't read this", Assert.IsType<SendOutcome.Rejected>(await Send(server)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("550 5.7.60 not as this sender", "250 OK")]
    [InlineData("250 OK", "554 5.7.1 relay access denied")]
    public async Task A_rule_of_the_servers_that_would_meet_every_message_condemns_none(string sender, string recipient)
    {
        await using var server = new SmtpServer(new SmtpManners { Sender = sender, Recipient = (_, _) => recipient });

        Assert.Contains("5.7.", Assert.IsType<SendOutcome.Unavailable>(await Send(server)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("451 4.7.1 greylisted")]
    [InlineData("452 4.2.2 mailbox full")]
    public async Task A_recipient_put_off_is_put_off(string answer)
    {
        await using var server = new SmtpServer((_, _) => answer);

        Assert.Contains(answer[4..], Assert.IsType<SendOutcome.Unavailable>(await Send(server)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_closes_at_the_greeting_or_is_not_there_is_no_way_out()
    {
        await using var server = new SmtpServer(new SmtpManners { Greeting = "421 4.3.2 shutting down" });
        Unreachable(await Send(server), "");

        Unreachable(await Send(Clear(FreePort())), "");
    }

    [Fact]
    public async Task A_message_the_connection_breaks_off_on_is_put_off_and_keeps_its_Message_ID()
    {
        await using var server = new SmtpServer(new SmtpManners { Text = (_, attempt) => attempt == 1 ? "" : "250 taken" });
        using var sender = Sender(Clear(server.Port));

        Assert.IsType<SendOutcome.Unavailable>(await sender.Send(Sample(1), default));
        Assert.IsType<SendOutcome.Sent>(await sender.Send(Sample(1), default));

        Assert.Contains("<m-1@plans.example>", Assert.Single(server.Taken).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_recipient_the_server_ponders_for_ever_is_given_up_for_now_and_holds_up_no_other()
    {
        await using var server = new SmtpServer((to, _) => to.StartsWith("slow", StringComparison.Ordinal) ? null : "250 OK");
        using var sender = Sender(Clear(server.Port) with { Patience = TimeSpan.FromSeconds(8) });

        var slow = sender.Send(Sample(0) with { Address = "slow@county.example" }, default);
        var others = await Task.WhenAll(Enumerable.Range(1, 20).Select(number => sender.Send(Sample(number), default)));

        Assert.False(slow.IsCompleted);
        Assert.All(others, outcome => Assert.IsType<SendOutcome.Sent>(outcome));
        Assert.Contains("within 8 seconds", Assert.IsType<SendOutcome.Unavailable>(await slow).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_nothing_to_anybody_is_no_way_out()
    {
        await using var server = new SmtpServer(new SmtpManners { Greeting = null });

        Unreachable(await Send(Clear(server.Port) with { Patience = TimeSpan.FromSeconds(1) }), "within 1 seconds");
    }

    [Fact]
    public async Task Many_messages_share_a_few_connections_and_none_stays_open()
    {
        await using var server = new SmtpServer(new SmtpManners { Certificate = _certificates.Server, Account = Account });
        using var sender = Sender(Secure(server));

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 200).Select(number => sender.Send(Sample(number), default)));

        Assert.All(outcomes, outcome => Assert.IsType<SendOutcome.Sent>(outcome));
        Assert.Equal(200, server.Taken.Select(taken => taken.Text).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(server.MostOpen, 1, 3);
        Assert.InRange(server.Connections, 1, 20);
    }

    [Fact]
    public async Task A_connection_the_server_has_had_enough_of_is_replaced()
    {
        var taken = 0;
        await using var weary = new SmtpServer(new SmtpManners { Recipient = (_, _) => Interlocked.Increment(ref taken) % 4 == 0 ? "421 enough" : "250 OK" });
        using var sender = Sender(Clear(weary.Port) with { Connections = 1 });

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 12).Select(number => sender.Send(Sample(number), default)));

        Assert.All(outcomes, outcome => Assert.IsType<SendOutcome.Sent>(outcome));
    }

    [Theory]
    [InlineData("nobody at all")]
    [InlineData("jürgen@county.example")]
    public async Task An_address_mail_cannot_be_sent_to_is_rejected_before_anybody_is_asked(string address)
    {
        using var sender = Sender(Clear(FreePort()));

        Assert.Contains(address, Assert.IsType<SendOutcome.Rejected>(await sender.Send(Sample(1) with { Address = address }, default)).Reason, StringComparison.Ordinal);
    }

    public void Dispose() => _certificates.Dispose();

    private static void Unreachable(SendOutcome outcome, string words) =>
        Assert.Contains(words, Assert.IsType<SendOutcome.Unreachable>(outcome).Reason, StringComparison.OrdinalIgnoreCase);

    private SmtpOptions Secure(SmtpServer server) =>
        new("localhost", server.Port, true, [_certificates.Authority], Account.User, Account.Password, TimeSpan.FromSeconds(30), 3);

    private static SmtpOptions Clear(int port) => new("127.0.0.1", port, false, null, null, null, TimeSpan.FromSeconds(30), 3);

    private static SmtpSender Sender(SmtpOptions server) => new(new MailOptions(MailKind.Smtp, "", "Case planning <plans@county.example>", "plans.example", server));

    private static Task<SendOutcome> Send(SmtpServer server, SmtpOptions? options = null) => Send(options ?? Clear(server.Port));

    private static async Task<SendOutcome> Send(SmtpOptions server)
    {
        using var sender = Sender(server);
        return await sender.Send(Sample(1), default);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Message Sample(int number) => new()
    {
        Id = $"m-{number}@plans.example",
        Kind = MessageKind.Digest,
        Agency = "sample",
        Person = "ines",
        Role = Role.Worker,
        Address = "ines@county.example",
        Subject = "1 thing to do",
        Body = MailBody.Of("One deadline."),
        StoredAt = DateTimeOffset.UnixEpoch,
        NextAttempt = DateTimeOffset.UnixEpoch,
    };
}
