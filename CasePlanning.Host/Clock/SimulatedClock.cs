using System.Globalization;
using System.Text;

namespace CasePlanning.Host.Clock;

/// <summary>
/// A clock that its driver owns. Its now is kept in a file before anybody can read it, so it stands still while the process is down and never
/// goes back. With a speed it also runs by itself; then the file keeps an instant a little ahead, at which the next start goes on.
/// </summary>
public sealed class SimulatedClock : TimeProvider, IDisposable
{
    /// <summary>Its file in a data directory.</summary>
    public const string FileName = "clock";

    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly double? _speed;
    private DateTimeOffset _base;
    private DateTimeOffset _kept;
    private long _since;

    /// <param name="path">The file that keeps its now.</param>
    /// <param name="start">Where it begins when there is no file yet.</param>
    /// <param name="speed">Simulated seconds per second, or null to stand still until it is moved.</param>
    public SimulatedClock(string path, DateTimeOffset start, double? speed)
    {
        _path = path;
        _speed = speed;
        _base = KeptIn(path) ?? start.ToUniversalTime();
        _kept = _base;
        _since = System.GetTimestamp();
        Keep(_base);
    }

    /// <summary>The now that a file keeps, or null where there is no file.</summary>
    public static DateTimeOffset? KeptIn(string path) => !File.Exists(path) ? null
        : DateTimeOffset.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var kept) ? kept
        : throw new InvalidDataException($"{path} should keep the now of the simulated clock, and doesn't hold an instant.");

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            var now = Reading();
            if (now > _kept)
            {
                Keep(now + (Ahead * (_speed ?? 1)));
            }

            return now;
        }
    }

    /// <summary>Moves it forward; an instant that has passed changes nothing.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        lock (_gate)
        {
            if (instant > Reading())
            {
                Keep(instant.ToUniversalTime());
                _base = instant.ToUniversalTime();
                _since = System.GetTimestamp();
            }
        }
    }

    /// <summary>How long to wait until it reaches an instant by itself; null when it never does.</summary>
    public TimeSpan? RealTimeUntil(DateTimeOffset instant) => _speed is { } speed ? (instant - GetUtcNow()) / speed : instant <= GetUtcNow() ? TimeSpan.Zero : null;

    /// <summary>Keeps the exact now, so that the next start goes on from it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Keep(Reading());
        }
    }

    private DateTimeOffset Reading() => _speed is { } speed ? _base + (System.GetElapsedTime(_since) * speed) : _base;

    private void Keep(DateTimeOffset instant)
    {
        var next = _path + ".next";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.ASCII.GetBytes(instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, _path, overwrite: true);
        _kept = instant;
    }
}
