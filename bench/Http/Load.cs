using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace CasePlanning.Bench.Http;

/// <summary>What a second process saw of a server.</summary>
/// <param name="Refused">Answers that were no success.</param>
/// <param name="Median">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
internal sealed record Seen(int Answers, int Refused, double Seconds, double Median, double P99);

/// <summary>
/// Asks an HTTP server over a few connections, each its next request when the last is answered. It speaks to sockets, because a client that does more
/// would take the processor from the server it measures.
/// </summary>
internal static class Load
{
    private const int Cases = 1000;
    private static readonly TimeSpan PauseOfAWriter = TimeSpan.FromMilliseconds(20);

    /// <param name="address">Where the server listens.</param>
    /// <param name="kind"><c>read:PATH</c>, or <c>write</c> for facts recorded on many cases by people who pause in between.</param>
    /// <param name="seconds">How long to ask.</param>
    /// <param name="connections">How many ask.</param>
    public static async Task<int> Run(Uri address, string kind, string seconds, string connections)
    {
        var most = TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
        var count = int.Parse(connections, CultureInfo.InvariantCulture);
        await Task.WhenAll(Enumerable.Range(0, count).Select(index => Ask(address, kind, most / 4, -1 - index)));
        var start = TimeProvider.System.GetTimestamp();
        var asked = await Task.WhenAll(Enumerable.Range(0, count).Select(index => Ask(address, kind, most, index)));
        var elapsed = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        var times = asked.SelectMany(each => each.Times).Order().ToArray();
        Console.WriteLine(JsonSerializer.Serialize(new Seen(times.Length, asked.Sum(each => each.Refused), elapsed, times[times.Length / 2], times[(int)(times.Length * 0.99)])));
        return 0;
    }

    private static async Task<(List<double> Times, int Refused)> Ask(Uri address, string kind, TimeSpan most, int connection)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));
        var read = kind.StartsWith("read:", StringComparison.Ordinal) ? Read(address, kind["read:".Length..]) : null;
        var (times, refused, buffer) = (new List<double>(), 0, new byte[64 * 1024]);
        var begun = TimeProvider.System.GetTimestamp();
        for (var number = 0; TimeProvider.System.GetElapsedTime(begun) < most; number++)
        {
            var request = read ?? Write(address, connection, number);
            var start = TimeProvider.System.GetTimestamp();
            await socket.SendAsync(request);
            refused += await Answer(socket, buffer) is >= 200 and < 300 ? 0 : 1;
            times.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
            if (read is null)
            {
                await Task.Delay(PauseOfAWriter, TimeProvider.System);
            }
        }

        return (times, refused);
    }

    private static byte[] Read(Uri address, string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost:{address.Port}\r\nAuthorization: Bearer sample-worker-0\r\n\r\n");

    /// <summary>A contact on the next of many cases, recorded by an administrator.</summary>
    private static byte[] Write(Uri address, int connection, int number)
    {
        var id = $"sample-{((Math.Abs(connection) * 131) + number) % Cases:D7}";
        var body = $$"""{"source":"load-{{connection + 100}}-{{number}}","on":"2026-04-01","what":"family-contacted"}""";
        return Encoding.ASCII.GetBytes($"POST /api/cases/{id}/contacts HTTP/1.1\r\nHost: localhost:{address.Port}\r\nAuthorization: Bearer sample-administrator\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    /// <summary>Reads one answer to its end and says its status; answers carry their length.</summary>
    private static async Task<int> Answer(Socket socket, byte[] buffer)
    {
        var (have, whole, status) = (0, int.MaxValue, 0);
        while (have < whole)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(have));
            have += got > 0 ? got : throw new IOException("The server closed a connection.");
            if (whole == int.MaxValue && buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
            {
                var head = Encoding.ASCII.GetString(buffer, 0, end);
                status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
                var at = head.IndexOf("content-length: ", StringComparison.OrdinalIgnoreCase) + "content-length: ".Length;
                whole = end + 4 + int.Parse(head.AsSpan(at, (head.IndexOf('\r', at) is >= 0 and var line ? line : head.Length) - at), CultureInfo.InvariantCulture);
            }
        }

        return status;
    }
}
