using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Storage.Tests.Contract;

public abstract class CaseStoreContract : StoreContract
{
    [Fact]
    public async Task A_case_nobody_saved_is_not_found()
    {
        Assert.Null(await Stores.Cases.Find("none", Ct));
        Assert.Null(await Stores.Cases.FindContent("none.placed", 1, Ct));
        Assert.Null(await Stores.Cases.FindProgress("no-plan", 1, Ct));
        Assert.Empty(await Stores.Cases.History("none", Ct));
        Assert.Empty(await Stores.Cases.Notices("none", Ct));
    }

    [Fact]
    public async Task A_new_case_has_version_1_and_no_plans_or_marks()
    {
        await Saved(Sample.Opened("a-1"));

        var found = await Stores.Cases.Find("a-1", Ct);
        Assert.Equal(1, found!.Version);
        Assert.Empty(found.Plans);
        Assert.Empty(found.Marks.ByOccurrence);
    }

    [Fact]
    public async Task Cases_are_found_together_in_the_order_they_were_asked_for_without_those_that_do_not_exist()
    {
        await Saved(Sample.Opened("a-1") with { Plans = [Sample.Plan("a-1")], Marks = Marks("one~1") });
        await Saved(Sample.Opened("a-2"));
        await Saved(Sample.Next("a-2", 1));

        var found = await Stores.Cases.Find(["a-2", "none", "a-1"], Ct);

        Assert.Equal([("a-2", 2L, 0), ("a-1", 1L, 1)], found.Select(record => (record.File.Id, record.Version, record.Plans.Count)));
        Assert.Equal("one~1", Assert.Single(found[1].Marks.ByOccurrence).Key);
        Assert.Empty(await Stores.Cases.Find([], Ct));
    }

    [Fact]
    public async Task Each_unit_of_work_adds_one_to_the_version_and_leaves_alone_what_it_does_not_carry()
    {
        await Saved(Sample.Opened("a-1") with { Plans = [Sample.Plan("a-1")], Marks = Marks("one~1") });
        await Saved(Sample.Next("a-1", 1) with { History = [Sample.Entry("a-1", "1")] });

        var found = await Stores.Cases.Find("a-1", Ct);
        Assert.Equal(2, found!.Version);
        Assert.Equal("No. a-1", found.File.Number);
        Assert.Equal("a-1.placed", Assert.Single(found.Plans).Id);
        Assert.Equal("one~1", Assert.Single(found.Marks.ByOccurrence).Key);
    }

    [Fact]
    public async Task Documents_are_replaced_whole()
    {
        await Saved(Sample.Opened("a-1") with { Plans = [Sample.Plan("a-1")], Marks = Marks("one~1"), Contents = [Content("first")], Progress = [Progress("first")] });
        await Saved(Sample.Next("a-1", 1) with
        {
            File = Sample.File("a-1") with { Number = "changed" },
            Plans = [Sample.Plan("a-1", VersionStatus.InEffect)],
            Marks = Marks("two~1"),
            Contents = [Content("second")],
            Progress = [Progress("second")],
        });

        var found = await Stores.Cases.Find("a-1", Ct);
        Assert.Equal("changed", found!.File.Number);
        Assert.Equal(VersionStatus.InEffect, Assert.Single(found.Plans).Versions[0].Status);
        Assert.Equal("two~1", Assert.Single(found.Marks.ByOccurrence).Key);
        Assert.Equal("second", (await Stores.Cases.FindContent("a-1.placed", 1, Ct))!.Appropriateness);
        Assert.Equal("second", Assert.Single((await Stores.Cases.FindProgress("a-1.placed", 1, Ct))!.Objectives).Narrative);
    }

    [Fact]
    public async Task Plans_come_by_id_and_contents_by_plan_and_version()
    {
        await Saved(Sample.Opened("a-1") with
        {
            Plans = [Sample.Plan("a-1"), Sample.Plan("a-1", setting: Setting.AtHome)],
            Contents = [Content("one"), Content("two") with { Version = 2 }, Content("home") with { Plan = "a-1.home" }],
        });

        Assert.Equal(["a-1.home", "a-1.placed"], (await Stores.Cases.Find("a-1", Ct))!.Plans.Select(plan => plan.Id));
        Assert.Equal("two", (await Stores.Cases.FindContent("a-1.placed", 2, Ct))!.Appropriateness);
        Assert.Equal("home", (await Stores.Cases.FindContent("a-1.home", 1, Ct))!.Appropriateness);
        Assert.Null(await Stores.Cases.FindContent("a-1.home", 2, Ct));
    }

    [Fact]
    public async Task History_comes_in_the_order_of_its_keys()
    {
        await Saved(Sample.Opened("a-1") with { History = [Sample.Entry("a-1", "00000001.002"), Sample.Entry("a-1", "00000001.001")] });
        await Saved(Sample.Next("a-1", 1) with { History = [Sample.Entry("a-1", "00000002.001")] });

        Assert.Equal(["00000001.001", "00000001.002", "00000002.001"], (await Stores.Cases.History("a-1", Ct)).Select(entry => entry.Key));
    }

    [Fact]
    public async Task Notices_come_oldest_first()
    {
        await Saved(Sample.Opened("a-1") with
        {
            Notices = [Sample.Notice("a-1", "a", Sample.Noon.AddTicks(2)), Sample.Notice("a-1", "c", Sample.Noon), Sample.Notice("a-1", "b", Sample.Noon)],
        });

        Assert.Equal(["b", "c", "a"], (await Stores.Cases.Notices("a-1", Ct)).Select(notice => notice.Key));
    }

    [Fact]
    public async Task What_was_raised_logged_or_mailed_under_a_key_is_left_as_it_is()
    {
        await Saved(Unit(Sample.Opened("a-1"), "first"));
        await Saved(Unit(Sample.Next("a-1", 1), "second"));

        Assert.Equal("first", Assert.Single(await Stores.Cases.History("a-1", Ct)).What);
        Assert.Equal("first", Assert.Single(await Stores.Cases.Notices("a-1", Ct)).RuleName);
        Assert.Equal("first", Assert.Single(await Stores.Inbox.Waiting("ines", Ct)).RuleName);
        Assert.Equal("first", (await Stores.Outbox.Find("m", Ct))!.Subject);

        static CaseChange Unit(CaseChange change, string text) => change with
        {
            History = [Sample.Entry("a-1", "k") with { What = text }],
            Notices = [Sample.Notice("a-1", "k") with { RuleName = text }],
            Inbox = [Sample.Item("a-1", "k") with { RuleName = text }],
            Messages = [Sample.Message("m") with { Subject = text }],
        };
    }

    [Fact]
    public async Task The_same_key_in_another_case_is_another_notice_item_and_entry()
    {
        foreach (var id in new[] { "a-1", "a-2" })
        {
            await Saved(Sample.Opened(id) with { History = [Sample.Entry(id, "k")], Notices = [Sample.Notice(id, "k")], Inbox = [Sample.Item(id, "k")] });
        }

        Assert.Single(await Stores.Cases.History("a-2", Ct));
        Assert.Single(await Stores.Cases.Notices("a-2", Ct));
        Assert.Equal(["a-1", "a-2"], (await Stores.Inbox.Waiting("ines", Ct)).Select(item => item.Case));
    }

    [Fact]
    public async Task What_was_saved_does_not_change_with_the_list_it_came_from()
    {
        var reasons = new List<string> { "ines" };
        await Saved(Sample.Opened("a-1") with { File = Sample.File("a-1") with { SealedTo = reasons } });
        reasons.Add("raul");

        Assert.Equal(["ines"], (await Stores.Cases.Find("a-1", Ct))!.File.SealedTo);
    }

    private static Marks Marks(string occurrence) =>
        Domain.Clocks.Marks.None.With([KeyValuePair.Create(occurrence, new Mark(Sample.Day, Sample.Day, 1, 1, Outcome.None))]);

    private static PlanContent Content(string text) => new() { Plan = "a-1.placed", Version = 1, Appropriateness = text };

    private static PlanProgress Progress(string text) => new()
    {
        Plan = "a-1.placed",
        Version = 1,
        Objectives = [new ObjectiveProgress { Objective = "o-1", Met = Met.Yes, Narrative = text, RecordedOn = Sample.Day, RecordedBy = "ines" }],
    };
}
