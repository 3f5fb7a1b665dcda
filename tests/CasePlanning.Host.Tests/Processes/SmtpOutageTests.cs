using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Storage.Sqlite;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>A mail server that is away, or won't have us, for longer than any message's patience.</summary>
public sealed class SmtpOutageTests : IDisposable
{
    private const int Many = 1000;
    private const string Monday = "2027-01-04T18:00:00Z";

    private readonly TemporaryFolder _folder = new();
    private readonly SmtpCertificates _certificates = new();

    [Fact]
    public async Task After_a_day_without_the_server_everything_is_delivered_once_the_oldest_first_over_a_few_connections()
    {
        var port = FreePort();
        await Seed(port, Many);
        await using var host = await Start(port, "false");
        Assert.Equal(200, await Move(host, "2027-01-05T18:00:00Z"));

        var behind = await host.Send(HttpMethod.Get, "/health/ready");
        Assert.Equal(503, behind.Status);
        Assert.True(int.Parse(Regex.Match(behind.Body, "the oldest unsent message for ([0-9]+);").Groups[1].Value) >= 24 * 60, behind.Body);
        Assert.InRange(host.Output.Split("is Waiting after attempt 0").Length - 1, 100, 400);

        await using var server = new SmtpServer(new SmtpManners(), port);
        Assert.Equal(200, await Move(host, "2027-01-05T18:10:00Z"));

        Assert.Equal(200, (await host.Send(HttpMethod.Get, "/health/ready")).Status);
        Assert.DoesNotContain("\"waiting\"", (await host.Send(HttpMethod.Get, "/api/mail", "administrator")).Body, StringComparison.Ordinal);
        var ids = server.Taken.Select(taken => Regex.Match(taken.Text, "^Message-ID: <(.*)>", RegexOptions.Multiline).Groups[1].Value).ToArray();
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
        var seeded = ids.Where(id => id.StartsWith("seeded-", StringComparison.Ordinal)).ToArray();
        Assert.Equal(Many, seeded.Length);
        var order = seeded.Order(StringComparer.Ordinal).ToArray();
        Assert.All(seeded, (id, place) => Assert.InRange(Math.Abs(Array.BinarySearch(order, id, StringComparer.Ordinal) - place), 0, 32));
        Assert.Equal(
            ["mateo Tue 5 Jan", "sofia Mon 4 Jan", "sofia Tue 5 Jan", "wanda Mon 4 Jan", "wanda Tue 5 Jan"],
            server.Taken.Select(taken => $"{taken.To.Split('.')[0]} {Regex.Match(taken.Text, "^Subject: .* to do,.* ([A-Z][a-z]+ [0-9]+ Jan) 2027", RegexOptions.Multiline).Groups[1].Value}")
                .Where(digest => digest.Contains("Jan", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.InRange(server.MostOpen, 1, 5);
        Assert.InRange(server.Connections, 1, 100);
    }

    [Fact]
    public async Task A_wrong_password_uses_up_no_messages_tries_and_readiness_says_so_until_it_is_put_right()
    {
        await using var server = new SmtpServer(new SmtpManners { Certificate = _certificates.Server, Account = ("plans", "right") });
        (string, string?)[] signedIn = [("Mail:Smtp:CertificateAuthority", _certificates.Write(_folder.Of("authority.pem"))), ("Mail:Smtp:User", "plans")];
        await using (var wrong = await Start(server.Port, "true", [.. signedIn, ("Mail:Smtp:Password", "wrong")]))
        {
            Assert.Equal(200, await Move(wrong, "2027-01-05T00:00:00Z"));

            Assert.Equal(503, (await wrong.Send(HttpMethod.Get, "/health/ready")).Status);
            var mail = (await wrong.Send(HttpMethod.Get, "/api/mail", "administrator")).Body;
            Assert.Contains("Check Mail:Smtp:User and Mail:Smtp:Password", mail, StringComparison.Ordinal);
            Assert.DoesNotContain("\"dead\"", mail, StringComparison.Ordinal);
            Assert.Empty(server.Taken);
            await wrong.Kill();
        }

        await using var right = await Start(server.Port, "true", [.. signedIn, ("Mail:Smtp:Password", "right")]);
        Assert.Equal(200, await Move(right, "2027-01-05T00:10:00Z"));

        Assert.Equal(200, (await right.Send(HttpMethod.Get, "/health/ready")).Status);
        Assert.NotEmpty(server.Taken);
        Assert.DoesNotContain("\"waiting\"", (await right.Send(HttpMethod.Get, "/api/mail", "administrator")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_whose_certificate_no_authority_vouches_for_gets_no_mail()
    {
        await using var server = new SmtpServer(new SmtpManners { Certificate = _certificates.Server });
        await using var host = await Start(server.Port, "true");

        await host.Wrote("The remote certificate is invalid");

        Assert.DoesNotContain("MAIL", server.InTheClear);
        Assert.Empty(server.Taken);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _certificates.Dispose();
    }

    private Task<HostProcess> Start(int port, string startTls, params (string, string?)[] settings) => HostProcess.Start(
        _folder.Of("data"),
        [
            ("Clock:Mode", "simulated"),
            ("Clock:Start", Monday),
            ("Mail:Kind", "smtp"),
            ("Mail:Smtp:Host", "localhost"),
            ("Mail:Smtp:Port", port.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("Mail:Smtp:StartTls", startTls),
            .. settings,
        ]);

    private static async Task<int> Move(HostProcess host, string to) =>
        (await host.Send(HttpMethod.Post, "/api/clock", "administrator", $$"""{"to":"{{to}}"}""")).Status;

    /// <summary>Messages that were stored over the last hours, as a host leaves them behind.</summary>
    private async Task Seed(int port, int count)
    {
        await using (var first = await Start(port, "false"))
        {
            await first.Kill();
        }

        await using var store = SqliteStore.Open(Path.Combine(_folder.Of("data"), "case-planning.db"));
        var noon = DateTimeOffset.Parse(Monday, System.Globalization.CultureInfo.InvariantCulture);
        await Task.WhenAll(Enumerable.Range(0, count).Select(number => store.Outbox.Add(
            new Message
            {
                Id = $"seeded-{number:D4}@plans.example",
                Kind = MessageKind.Recall,
                Agency = "sample",
                Person = "worker",
                Role = Role.Worker,
                Address = "wanda.okafor@sample.test",
                Subject = "Case 1: plan recalled",
                Body = MailBody.Of("There is nothing to decide for now."),
                StoredAt = noon.AddSeconds(number - count),
                NextAttempt = noon,
            },
            CancellationToken.None)));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
