using CasePlanning.Application.Ports;

namespace CasePlanning.Functions.Tests.Seasons;

/// <summary>What becomes of every signal and of every timer of the engine.</summary>
public enum Delivery { Prompt, Lost, Doubled, Late }

/// <summary>Signals on their way to the engine.</summary>
internal sealed class Post(ISignal engine, Delivery how) : ISignal
{
    private readonly Queue<string> _underway = [];

    public async Task Nearer(string subject, DateTimeOffset due, CancellationToken ct)
    {
        if (how == Delivery.Late)
        {
            _underway.Enqueue(subject);
        }

        for (var times = how switch { Delivery.Prompt => 1, Delivery.Doubled => 2, _ => 0 }; times > 0; times--)
        {
            await engine.Nearer(subject, due, ct);
        }
    }

    /// <summary>Brings what was late.</summary>
    public async Task Arrive()
    {
        while (_underway.TryDequeue(out var subject))
        {
            await engine.Nearer(subject, default, default);
        }
    }
}
