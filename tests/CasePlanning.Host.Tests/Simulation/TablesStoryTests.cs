using System.Globalization;
using CasePlanning.Host.Simulation;
using CasePlanning.Storage.Tables;
using CasePlanning.Storage.Tests.Tables;
using Player = CasePlanning.Host.Simulation.Simulation;

namespace CasePlanning.Host.Tests.Simulation;

/// <summary>The samples over the store for Azure Tables. UPDATE_DOCS=1 writes what one of them costs anew.</summary>
public sealed class TablesStoryTests
{
    public static TheoryData<string> Samples { get; } = [.. Playing.Samples];

    [Theory, MemberData(nameof(Samples))]
    public async Task A_story_is_the_same_over_tables(string name)
    {
        var (events, _) = await Play(Playing.Read(name));

        Assert.Equal(await Playing.Play(name), events);
    }

    [Fact]
    public async Task The_document_shows_what_a_plan_costs_in_a_year()
    {
        var scenario = Playing.Read("martinez");
        var (events, calls) = await Play(scenario);
        var years = (events[^1].At - events[0].At).TotalDays / 365.25;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"The Martinez family's case ({years:F1} years, {scenario.Cases.Count} case, {events.Count(each => each.Kind == EventKind.Mail)} mails) takes {calls.All:N0} operations: {calls.Gets:N0} gets, {calls.Pages:N0} pages of queries and {calls.Transactions:N0} transactions, which is {calls.All / years:N0} a year.\n");

        var path = Playing.InRepository("docs/azure.md");
        var document = await File.ReadAllTextAsync(path);
        const string Opening = "<!-- martinez -->\n", Closing = "<!-- /martinez -->";
        var (start, end) = (document.IndexOf(Opening, StringComparison.Ordinal) + Opening.Length, document.IndexOf(Closing, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, string.Concat(document.AsSpan(0, start), text, document.AsSpan(end)));
            return;
        }

        Assert.Equal(text, document[start..end]);
    }

    /// <summary>Plays a scenario, and counts what the product asked of the service, not what the player did to look on.</summary>
    private static async Task<(IReadOnlyList<SimulationEvent> Events, TableCalls Calls)> Play(Scenario scenario)
    {
        var service = new InMemoryTableService(TimeProvider.System);
        var counting = new CountingTables(service);
        var events = new List<SimulationEvent>();
        var played = await Player.Play(scenario, null, events.Add, CancellationToken.None, new UseCases(new TablesStore(counting), new TablesStore(service)));
        Assert.Empty(played.Unexpected);
        return (events, counting.Counted);
    }
}
