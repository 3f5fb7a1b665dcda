using System.Globalization;
using CasePlanning.Functions.Tests.Seasons;
using CasePlanning.Host.Simulation;
using CasePlanning.Storage.Memory;
using Microsoft.DurableTask.Client;
using Player = CasePlanning.Host.Simulation.Simulation;

namespace CasePlanning.Functions.Tests.Scenarios;

/// <summary>The Martinez family's year on the Durable Task engine, beside what <c>simulate</c> tells of it.</summary>
public sealed class MartinezTests
{
    private const string Plan = "plan:valley-2005-0042.placed";

    /// <summary>What comes a few minutes late bears the same day.</summary>
    [Theory]
    [InlineData(Delivery.Prompt, "yyyy-MM-dd HH:mm")]
    [InlineData(Delivery.Doubled, "yyyy-MM-dd HH:mm")]
    [InlineData(Delivery.Late, "yyyy-MM-dd")]
    [InlineData(Delivery.Lost, "yyyy-MM-dd")]
    public async Task Its_stages_notices_and_mails_are_those_of_simulate_line_by_line(Delivery delivery, string time)
    {
        var simulated = new List<SimulationEvent>();
        await Player.Play(Scenario(), null, simulated.Add, default);
        await using var stores = new InMemoryStore();
        await using var loops = await EngineLoops.Start(delivery, stores);
        loops.Engine.Clients.Lend(loops.Engine.Client);
        var played = new List<SimulationEvent>();

        var end = await Player.Play(Scenario(), null, played.Add, default, loops.Use, loops);

        Assert.Empty(end.Unexpected);
        Assert.Equal(Lines(simulated, time), Lines(played, time));
        Assert.Equal(3, played.Select(each => each.Kind).Where(IsCompared).Distinct().Count());
        if (delivery != Delivery.Lost)
        {
            await loops.Arrive();
            Assert.Equal(OrchestrationRuntimeStatus.Completed, (await loops.Engine.Completion(Plan)).RuntimeStatus);
        }
    }

    private static Scenario Scenario() => ScenarioFile.Read(File.ReadAllText(Functions.PathOf("samples/martinez.json"))).Scenario!;

    private static bool IsCompared(EventKind kind) => kind is EventKind.Stage or EventKind.Notice or EventKind.Mail;

    /// <summary>What happens at one time comes in the order of its text: the engine does it side by side.</summary>
    private static string[] Lines(IEnumerable<SimulationEvent> events, string time) =>
    [
        .. events.Where(each => IsCompared(each.Kind))
            .Select(each => $"{each.At.ToString(time, CultureInfo.InvariantCulture)} {each.Kind} {each.Case} {each.Subject} {each.Rule} {each.Step} to {each.To}: {each.Message}\n{each.Text}")
            .Order(StringComparer.Ordinal),
    ];
}
