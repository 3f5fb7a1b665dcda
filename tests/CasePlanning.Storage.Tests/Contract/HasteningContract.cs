using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Tests.Contract;

/// <summary>A change of an agency's directory has its cases looked at again, whatever is under way with the directory as it was.</summary>
public abstract class HasteningContract : StoreContract
{
    private static readonly DateTimeOffset Noon = Sample.Noon;

    public static TheoryData<string> Entries => ["agency", "unit", "person"];

    [Theory, MemberData(nameof(Entries))]
    public async Task An_entry_and_the_wakes_it_hastens_are_saved_together_or_not_at_all(string entry)
    {
        await Found();
        await Saved(Sample.Opened("a-1") with { Wakes = [Sample.Wake("a-1", Noon.AddDays(30)), Sample.Wake("a-1", Noon.AddHours(-1), "early")] });
        await Saved(Sample.Opened("a-2") with { Wakes = [Sample.Wake("a-2", Noon.AddDays(3))] });
        await Saved(Sample.Opened("b-1", "other") with { Wakes = [Sample.Wake("b-1", Noon.AddDays(3))] });

        Assert.Equal(SaveOutcome.Conflict, await Save(entry, revision: 3));
        Assert.Equal(Noon.AddDays(30), await DueOf("case:a-1"));

        Assert.Equal(SaveOutcome.Saved, await Save(entry, revision: 2));
        Assert.Equal(Noon, await DueOf("case:a-1"));
        Assert.Equal(Noon.AddHours(-1), await DueOf("plan:a-1.early"));
        Assert.Equal(Noon, await DueOf("case:a-2"));
        Assert.Equal(Noon.AddDays(3), await DueOf("case:b-1"));
    }

    [Theory, MemberData(nameof(Entries))]
    public async Task A_unit_decided_before_the_change_does_not_put_its_case_to_sleep_again(string entry)
    {
        await Found();
        await Saved(Sample.Opened("a-1") with { Wakes = [Sample.Wake("a-1", Noon.AddDays(30)), Sample.Wake("a-1", Noon.AddDays(30), "p")] });
        var old = await State();
        Assert.Equal(SaveOutcome.Saved, await Save(entry, revision: 2));

        await Saved(Sample.Next("a-1", 1) with
        {
            DecidedWith = old,
            Wakes = [Sample.Wake("a-1", Noon.AddDays(40)), Sample.Wake("a-1", null, "p"), Sample.Wake("a-1", Noon.AddDays(50), "new"), Sample.Wake("a-1", Noon.AddHours(-1), "early")],
        });

        Assert.Equal(Noon, await DueOf("case:a-1"));
        Assert.Equal(Noon, await DueOf("plan:a-1.p"));
        Assert.Equal(Noon, await DueOf("plan:a-1.new"));
        Assert.Equal(Noon.AddHours(-1), await DueOf("plan:a-1.early"));

        var now = await State();
        Assert.True(now.Revision > old.Revision);
        await Saved(Sample.Next("a-1", 2) with { DecidedWith = now, Wakes = [Sample.Wake("a-1", Noon.AddDays(40)), Sample.Wake("a-1", null, "p")] });
        Assert.Equal(Noon.AddDays(40), await DueOf("case:a-1"));
        Assert.Null(await DueOf("plan:a-1.p"));
    }

    [Fact]
    public async Task A_case_opened_with_the_directory_as_it_was_is_looked_at_again_too()
    {
        await Found();
        var old = await State();
        Assert.Equal(SaveOutcome.Saved, await Save("agency", revision: 2));

        await Saved(Sample.Opened("a-1") with { DecidedWith = old, Wakes = [Sample.Wake("a-1", Noon.AddDays(30))] });

        Assert.Equal(Noon, await DueOf("case:a-1"));
    }

    [Fact]
    public async Task The_directory_of_another_agency_is_none_to_have_decided_with()
    {
        await Found();
        Assert.Equal(SaveOutcome.Saved, await Save("agency", revision: 2));

        await Saved(Sample.Opened("a-1") with { DecidedWith = (await State()) with { Agency = "other" }, Wakes = [Sample.Wake("a-1", Noon.AddDays(30))] });

        Assert.Equal(Noon, await DueOf("case:a-1"));
    }

    [Fact]
    public async Task A_wake_hastened_twice_is_due_at_the_earlier_instant_and_one_saved_in_between_at_the_later()
    {
        await Found();
        await Saved(Sample.Opened("a-1") with { Wakes = [Sample.Wake("a-1", Noon.AddDays(30))] });
        Assert.Equal(SaveOutcome.Saved, await Save("agency", revision: 2));
        await Saved(Sample.Opened("a-2") with { DecidedWith = await State(), Wakes = [Sample.Wake("a-2", Noon.AddDays(30))] });
        Assert.Equal(SaveOutcome.Saved, await Stores.Directory.Save(Sample.Agency(revision: 3), Ct, hasten: Noon.AddDays(1)));
        await Saved(Sample.Opened("a-3") with { DecidedWith = await State(), Wakes = [Sample.Wake("a-3", Noon.AddHours(30))] });

        Assert.Equal(
            [new Wake("case:a-1", "a-1", Noon), new Wake("case:a-2", "a-2", Noon.AddDays(1)), new Wake("case:a-3", "a-3", Noon.AddHours(30))],
            await Stores.Wakes.Due(Noon.AddDays(2), 10, Ct));
        Assert.Single(await Stores.Wakes.Due(Noon, 10, Ct));
        Assert.Equal(Noon, await Stores.Wakes.Earliest(Ct));
    }

    [Fact]
    public async Task Hastening_reaches_every_case_of_a_large_agency()
    {
        await Found();
        var cases = Enumerable.Range(0, 1_201).Select(number => $"a-{number}").ToArray();
        await Task.WhenAll(cases.Select(id => Saved(Sample.Opened(id) with { Wakes = [Sample.Wake(id, Noon.AddDays(30))] })));

        Assert.Equal(SaveOutcome.Saved, await Save("agency", revision: 2));

        Assert.Equal(cases.Length, (await Stores.Wakes.Due(Noon, int.MaxValue, Ct)).Count);
    }

    private async Task Found()
    {
        foreach (var saved in new[]
        {
            await Stores.Directory.Save(Sample.Agency(), Ct), await Stores.Directory.Save(Sample.Agency("other"), Ct),
            await Stores.Directory.Save(Sample.Unit("intake"), Ct), await Stores.Directory.Save(Sample.Person("ines"), Ct),
        })
        {
            Assert.Equal(SaveOutcome.Saved, saved);
        }
    }

    private Task<SaveOutcome> Save(string entry, int revision) => entry switch
    {
        "agency" => Stores.Directory.Save(Sample.Agency(revision: revision), Ct, hasten: Noon),
        "unit" => Stores.Directory.Save(Sample.Unit("intake", revision: revision), Ct, hasten: Noon),
        _ => Stores.Directory.Save(Sample.Person("ines", revision: revision), Ct, hasten: Noon),
    };

    private async Task<DirectoryState> State() => new("sample", (await Stores.Directory.Find("sample", Ct))!.Revision);

    private async Task<DateTimeOffset?> DueOf(string subject) => (await Stores.Wakes.Find(subject, Ct))?.Due;
}
