using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Storage.Tests.Contract;

/// <summary>Lists across an agency's cases.</summary>
public abstract class CaseListContract : StoreContract
{
    [Fact]
    public async Task An_agencys_cases_come_by_id_without_those_of_others()
    {
        await Saved(Sample.Opened("a-2"));
        await Saved(Sample.Opened("a-1") with { File = Sample.File("a-1") with { Unit = null } });
        await Saved(Sample.Opened("b-1", "other"));

        Assert.Equal(
            [new CaseListing("a-1", "sample", "No. a-1", null), new CaseListing("a-2", "sample", "No. a-2", "intake")],
            await Stores.Cases.Cases("sample", Ct));
        Assert.Empty(await Stores.Cases.Cases("none", Ct));
    }

    [Fact]
    public async Task An_agencys_cases_are_gone_through_by_id_each_as_it_is_when_its_turn_comes()
    {
        foreach (var number in Enumerable.Range(0, 300))
        {
            await Saved(Sample.Opened($"a-{number:D3}"));
        }

        await Saved(Sample.Opened("b-1", "other"));
        var seen = new List<string>();
        await foreach (var record in Stores.Cases.Each("sample", Ct))
        {
            Assert.Equal(record.File.Id == "a-299" ? 2 : 1, record.Version);
            seen.Add(record.File.Id);
            if (seen.Count == 1)
            {
                await Saved(Sample.Next("a-299", 1));
            }
        }

        Assert.Equal(Enumerable.Range(0, 300).Select(number => $"a-{number:D3}"), seen);
    }

    [Fact]
    public async Task A_list_shows_the_number_and_unit_as_they_now_are()
    {
        await Saved(Sample.Opened("a-1"));
        await Saved(Sample.Next("a-1", 1) with { File = Sample.File("a-1") with { Number = "new", Unit = "ongoing" } });

        Assert.Equal([new CaseListing("a-1", "sample", "new", "ongoing")], await Stores.Cases.Cases("sample", Ct));
    }

    [Fact]
    public async Task A_persons_cases_are_those_they_hold_or_held_an_assignment_to()
    {
        await Open("a-2", Sample.Assignment("s", "ines") with { Until = Sample.Day });
        await Open("a-1", Sample.Assignment("s", "ines"), Sample.Assignment("t", "ines"), Sample.Assignment("u", "raul"));
        await Open("a-3", Sample.Assignment("s", "raul"));
        await Open("a-4", Sample.Assignment("s", "ines", withdrawn: "Typed into the wrong case"));

        Assert.Equal(["a-1", "a-2"], (await Stores.Cases.Cases("sample", Ct, "ines")).Select(listing => listing.Case));
        Assert.Equal(["a-1", "a-3"], (await Stores.Cases.Cases("sample", Ct, "raul")).Select(listing => listing.Case));
        Assert.Empty(await Stores.Cases.Cases("other", Ct, "ines"));
    }

    [Fact]
    public async Task A_withdrawn_assignment_takes_the_case_from_the_list()
    {
        await Open("a-1", Sample.Assignment("s", "ines"));
        await Saved(Sample.Next("a-1", 1) with { File = Sample.File("a-1", facts: [Sample.Assignment("s", "ines", "A mistake"), Sample.Assignment("t", "raul")]) });

        Assert.Empty(await Stores.Cases.Cases("sample", Ct, "ines"));
        Assert.Single(await Stores.Cases.Cases("sample", Ct, "raul"));
    }

    [Fact, Trait("Requirement", "WI-21")]
    public async Task Plans_pending_approval_are_listed_until_they_are_decided()
    {
        await Saved(Sample.Opened("a-2") with { Plans = [Sample.Plan("a-2", VersionStatus.PendingApproval)] });
        await Saved(Sample.Opened("a-1") with { Plans = [Sample.Plan("a-1", VersionStatus.PendingApproval), Sample.Plan("a-1", VersionStatus.Draft, Setting.AtHome)] });
        await Saved(Sample.Opened("b-1", "other") with { Plans = [Sample.Plan("b-1", VersionStatus.PendingApproval)] });

        Assert.Equal(["a-1.placed", "a-2.placed"], await Stores.Cases.PlansPendingApproval("sample", Ct));

        await Saved(Sample.Next("a-1", 1) with { Plans = [Sample.Plan("a-1", VersionStatus.InEffect)] });

        Assert.Equal(["a-2.placed"], await Stores.Cases.PlansPendingApproval("sample", Ct));
    }

    private Task Open(string id, params Domain.Cases.Assignment[] assignments) => Saved(Sample.Opened(id) with { File = Sample.File(id, facts: assignments) });
}
