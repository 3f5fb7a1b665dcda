using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>A mail server on loopback that speaks enough SMTP to take mail, put it off, refuse it, or hang up.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly Func<string, int, string> _answer;
    private readonly ConcurrentDictionary<string, int> _attempts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Task _accepting;

    /// <param name="answer">What a recipient is answered on the n-th try: a reply such as "250 OK" or "451 later", or "" to hang up.</param>
    public SmtpServer(Func<string, int, string> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Recipient and text of each message it took.</summary>
    public ConcurrentBag<(string To, string Text)> Taken { get; } = [];

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
        using (connection)
        {
            try
            {
                var stream = connection.GetStream();
                using var reader = new StreamReader(stream, Encoding.UTF8);
                await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
                await Converse(reader, writer);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The other side hung up.
            }
        }
    }

    private async Task Converse(StreamReader reader, StreamWriter writer)
    {
        var to = "";
        await writer.WriteLineAsync("220 localhost ready");
        while (await reader.ReadLineAsync(_ending.Token) is { } line)
        {
            var word = line.Split(' ', ':')[0].ToUpperInvariant();
            if (word == "RCPT")
            {
                to = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                var answer = _answer(to, _attempts.AddOrUpdate(to, 1, (_, count) => count + 1));
                if (answer.Length == 0)
                {
                    return;
                }

                await writer.WriteLineAsync(answer);
            }
            else if (word == "DATA")
            {
                await writer.WriteLineAsync("354 go ahead");
                var text = new StringBuilder();
                while (await reader.ReadLineAsync(_ending.Token) is { } part && part != ".")
                {
                    text.Append(part).Append('\n');
                }

                Taken.Add((to, text.ToString()));
                await writer.WriteLineAsync("250 taken");
            }
            else
            {
                await writer.WriteLineAsync(word == "QUIT" ? "221 bye" : "250 OK");
            }
        }
    }
}
