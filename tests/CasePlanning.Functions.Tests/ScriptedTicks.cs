using System.Threading.Channels;
using CasePlanning.Functions.Loops;

namespace CasePlanning.Functions.Tests;

/// <summary>Ticks that answer by number, and tell the test that they ran.</summary>
internal sealed class ScriptedTicks(Func<int, TickReport> answer)
{
    private readonly Channel<int> _ran = Channel.CreateUnbounded<int>();
    private int _count;
    private int _running;

    public int Count => _count;

    /// <summary>Most ticks that ran at one time.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>What a tick waits for before it answers.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public static TickReport Asleep { get; } = new("in-effect", "A review is due.", TimeProvider.System.GetUtcNow().AddHours(1), Ended: false);

    public static TickReport Ended { get; } = new("closed", null, null, Ended: true);

    public static TickReport WakingSoon => Asleep with { NextWake = TimeProvider.System.GetUtcNow().AddMilliseconds(100) };

    public async Task<TickReport> Tick(string subject)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _running));
        var number = Interlocked.Increment(ref _count);
        _ran.Writer.TryWrite(number);
        try
        {
            await Gate;
            return answer(number);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>Waits for the next tick that hasn't been waited for.</summary>
    public ValueTask<int> Next() => _ran.Reader.ReadAsync(Engine.Soon());
}
