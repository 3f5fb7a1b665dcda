using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Tests.Contract;

public abstract class WakeStoreContract : StoreContract
{
    private static readonly DateTimeOffset Noon = Sample.Noon;

    /// <summary>How many cases of 84 wakes each; an emulator that walks all rows for each answer takes fewer.</summary>
    protected virtual int ManyCases => 1_200;

    [Fact]
    public async Task Wakes_due_come_earliest_first_up_to_the_limit()
    {
        await Saved(Sample.Opened("a-1") with
        {
            Wakes =
            [
                Sample.Wake("a-1", Noon.AddTicks(1), "late"), Sample.Wake("a-1", Noon, "b"), Sample.Wake("a-1", Noon, "a"),
                Sample.Wake("a-1", Noon.AddDays(-1), "first"),
            ],
        });

        Assert.Equal(["plan:a-1.first", "plan:a-1.a", "plan:a-1.b"], (await Stores.Wakes.Due(Noon, 10, Ct)).Select(wake => wake.Subject));
        Assert.Equal(["plan:a-1.first", "plan:a-1.a"], (await Stores.Wakes.Due(Noon, 2, Ct)).Select(wake => wake.Subject));
        Assert.Empty(await Stores.Wakes.Due(Noon.AddDays(-2), 10, Ct));
    }

    [Fact]
    public async Task The_earliest_wake_is_known_to_the_tick_and_in_UTC()
    {
        Assert.Null(await Stores.Wakes.Earliest(Ct));

        var local = new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.FromHours(-6)).AddTicks(1_234_567);
        await Saved(Sample.Opened("a-1") with { Wakes = [Sample.Wake("a-1", local), Sample.Wake("a-1", Noon.AddDays(1), "p")] });

        var earliest = await Stores.Wakes.Earliest(Ct);
        Assert.Equal(local, earliest);
        Assert.Equal(TimeSpan.Zero, earliest!.Value.Offset);
        Assert.Equal(new Wake("case:a-1", "a-1", local.ToUniversalTime()), await Stores.Wakes.Find("case:a-1", Ct));
    }

    [Fact]
    public async Task A_wake_is_moved_by_the_next_unit_and_taken_away_by_one_without_an_instant()
    {
        await Saved(Sample.Opened("a-1") with { Wakes = [Sample.Wake("a-1", Noon), Sample.Wake("a-1", Noon, "p")] });
        await Saved(Sample.Next("a-1", 1) with { Wakes = [Sample.Wake("a-1", Noon.AddDays(9)), Sample.Wake("a-1", null, "p")] });

        Assert.Equal(Noon.AddDays(9), (await Stores.Wakes.Find("case:a-1", Ct))!.Due);
        Assert.Null(await Stores.Wakes.Find("plan:a-1.p", Ct));
        Assert.Single(await Stores.Wakes.Due(DateTimeOffset.MaxValue, 10, Ct));
    }

    [Fact]
    public async Task Among_a_great_many_wakes_the_earliest_are_found()
    {
        const int PerCase = 84;
        await Task.WhenAll(Enumerable.Range(0, ManyCases).Select(number => Saved(Sample.Opened($"a-{number}") with
        {
            Wakes = [.. Enumerable.Range(0, PerCase).Select(plan => Sample.Wake($"a-{number}", Noon.AddMinutes((plan * ManyCases) + number), $"{plan}"))],
        })));

        var due = await Stores.Wakes.Due(Noon.AddDays(1), 100, Ct);

        Assert.Equal(Enumerable.Range(0, 100).Select(minute => (DateTimeOffset?)Noon.AddMinutes(minute)), due.Select(wake => wake.Due));
        Assert.Equal(Noon, await Stores.Wakes.Earliest(Ct));
        Assert.Equal(ManyCases * PerCase, (await Stores.Wakes.Due(DateTimeOffset.MaxValue, int.MaxValue, Ct)).Count);
    }
}
