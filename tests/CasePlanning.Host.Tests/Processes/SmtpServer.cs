using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>How a server behaves. An answer is a reply such as "250 OK" or "451 later"; "" hangs up and null keeps the client waiting.</summary>
internal sealed record SmtpManners
{
    public string? Greeting { get; init; } = "220 localhost ready";

    /// <summary>Offers STARTTLS with it.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Takes mail only from whoever signs in so, and offers to sign in only behind TLS.</summary>
    public (string User, string Password)? Account { get; init; }

    public string? Sender { get; init; } = "250 OK";

    /// <summary>What a recipient is answered on the n-th try.</summary>
    public Func<string, int, string?> Recipient { get; init; } = (_, _) => "250 OK";

    /// <summary>What a text is answered on its recipient's n-th try; hanging up happens in the middle of it.</summary>
    public Func<string, int, string?> Text { get; init; } = (_, _) => "250 taken";
}

/// <summary>A mail server on loopback that speaks enough SMTP to take mail, put it off, refuse it, hang up, or say nothing.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly SmtpManners _manners;
    private readonly ConcurrentDictionary<string, int> _attempts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Task _accepting;
    private int _connections;
    private int _open;
    private int _mostOpen;

    public SmtpServer(SmtpManners manners, int port = 0)
    {
        _manners = manners;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = Accept();
    }

    /// <param name="recipient">What a recipient is answered on the n-th try.</param>
    public SmtpServer(Func<string, int, string?> recipient)
        : this(new SmtpManners { Recipient = recipient })
    {
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref _connections);

    public int MostOpen => Volatile.Read(ref _mostOpen);

    /// <summary>Recipient and text of each message it took, in order.</summary>
    public ConcurrentQueue<(string To, string Text)> Taken { get; } = [];

    /// <summary>First words of the commands that came before TLS began.</summary>
    public ConcurrentQueue<string> InTheClear { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_sessions);
        _ending.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _sessions.Add(Serve(await _listener.AcceptTcpClientAsync(_ending.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task Serve(TcpClient connection)
    {
        Interlocked.Increment(ref _connections);
        var open = Interlocked.Increment(ref _open);
        for (var most = MostOpen; open > most && Interlocked.CompareExchange(ref _mostOpen, open, most) != most; most = MostOpen)
        {
        }

        using (connection)
        {
            try
            {
                await new Session(this, connection.GetStream()).Converse(_ending.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The other side hung up.
            }
        }

        Interlocked.Decrement(ref _open);
    }

    private sealed class Session(SmtpServer server, Stream stream)
    {
        private readonly SmtpManners _manners = server._manners;
        private StreamReader _reader = new(stream, Encoding.UTF8);
        private StreamWriter _writer = Writer(stream);
        private bool _secure;
        private bool _signedIn;
        private string _to = "";

        public async Task Converse(CancellationToken ct)
        {
            var goesOn = await Answer(_manners.Greeting, ct);
            while (goesOn && await _reader.ReadLineAsync(ct) is { } line)
            {
                var word = line.Split(' ', ':')[0].ToUpperInvariant();
                if (!_secure)
                {
                    server.InTheClear.Enqueue(word);
                }

                goesOn = word switch
                {
                    "EHLO" => await Answer(Extensions(), ct),
                    "STARTTLS" => await StartTls(ct),
                    "AUTH" => await SignIn(line, ct),
                    "MAIL" => await Answer(_manners.Account is null || _signedIn ? _manners.Sender : "530 5.7.0 authentication required", ct),
                    "RCPT" => await Recipient(line, ct),
                    "DATA" => await Text(ct),
                    "QUIT" => await Answer("221 bye", ct) && false,
                    _ => await Answer("250 OK", ct),
                };
            }
        }

        private string Extensions() => string.Join(
            "\r\n",
            [
                "250-localhost",
                .. _manners.Certificate is not null && !_secure ? ["250-STARTTLS"] : Array.Empty<string>(),
                .. _manners.Account is not null && _secure ? ["250-AUTH LOGIN PLAIN"] : Array.Empty<string>(),
                "250 8BITMIME",
            ]);

        private async Task<bool> StartTls(CancellationToken ct)
        {
            await Answer("220 go ahead", ct);
            var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _manners.Certificate }, ct);
            (_reader, _writer, _secure) = (new StreamReader(tls, Encoding.UTF8), Writer(tls), true);
            return true;
        }

        /// <summary>AUTH LOGIN, the user given with the command or asked for.</summary>
        private async Task<bool> SignIn(string line, CancellationToken ct)
        {
            var user = line.Split(' ') is [_, _, var given] ? given : await Asked("VXNlcm5hbWU6", ct);
            var password = await Asked("UGFzc3dvcmQ6", ct);
            _signedIn = _manners.Account == (Decoded(user), Decoded(password));
            return await Answer(_signedIn ? "235 welcome" : "535 5.7.8 wrong password", ct);
        }

        private async Task<bool> Recipient(string line, CancellationToken ct)
        {
            _to = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
            return await Answer(_manners.Recipient(_to, server._attempts.AddOrUpdate(_to, 1, (_, count) => count + 1)), ct);
        }

        private async Task<bool> Text(CancellationToken ct)
        {
            await Answer("354 go ahead", ct);
            var answer = _manners.Text(_to, server._attempts[_to]);
            var text = new StringBuilder();
            for (var line = await _reader.ReadLineAsync(ct); line is not "."; line = await _reader.ReadLineAsync(ct))
            {
                if (line is null || answer is "")
                {
                    return false;
                }

                text.Append(line).Append('\n');
            }

            if (answer?.StartsWith('2') == true)
            {
                server.Taken.Enqueue((_to, text.ToString()));
            }

            return await Answer(answer, ct);
        }

        private async Task<string> Asked(string question, CancellationToken ct)
        {
            await Answer($"334 {question}", ct);
            return await _reader.ReadLineAsync(ct) ?? "";
        }

        /// <summary>False when the conversation is over.</summary>
        private async Task<bool> Answer(string? answer, CancellationToken ct)
        {
            if (answer is null)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            }

            if (answer is "")
            {
                return false;
            }

            await _writer.WriteLineAsync(answer.AsMemory(), ct);
            return true;
        }

        private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };

        private static string Decoded(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
    }
}
