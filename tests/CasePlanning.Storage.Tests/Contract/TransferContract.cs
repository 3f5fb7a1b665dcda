using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Storage.Tests.Contract;

/// <summary>A case whose file goes to another agency is that agency's in every list from then on.</summary>
public abstract class TransferContract : StoreContract
{
    private static readonly DateTimeOffset Noon = Sample.Noon;

    [Fact]
    public async Task It_is_listed_where_it_is_and_keeps_its_id()
    {
        await Saved(Sample.Opened("a-1") with { File = Sample.File("a-1", facts: [Sample.Assignment("s", "ines")]) });
        await Move("a-1", 1, Sample.Assignment("s", "ines") with { Until = Sample.Day }, Sample.Assignment("t", "olaf"));

        Assert.Empty(await Stores.Cases.Cases("sample", Ct));
        Assert.Equal([new CaseListing("a-1", "other", "No. a-1", "intake")], await Stores.Cases.Cases("other", Ct));
        Assert.Empty(await Stores.Cases.Cases("sample", Ct, "ines"));
        Assert.Single(await Stores.Cases.Cases("other", Ct, "olaf"));
        Assert.Equal("other", (await Stores.Cases.Find("a-1", Ct))!.File.Agency);
    }

    [Fact]
    public async Task What_is_pending_approval_waits_where_the_case_is_also_when_its_plan_is_not_saved_with_it()
    {
        await Saved(Sample.Opened("a-1") with { Plans = [Sample.Plan("a-1", VersionStatus.PendingApproval), Sample.Plan("a-1", setting: Setting.AtHome)] });
        await Move("a-1", 1);

        Assert.Empty(await Stores.Cases.PlansPendingApproval("sample", Ct));
        Assert.Equal(["a-1.placed"], await Stores.Cases.PlansPendingApproval("other", Ct));

        await Saved(Sample.Next("a-1", 2) with { Plans = [Sample.Plan("a-1", VersionStatus.InEffect), Sample.Plan("a-1", VersionStatus.PendingApproval, Setting.AtHome)] });

        Assert.Equal(["a-1.home"], await Stores.Cases.PlansPendingApproval("other", Ct));
    }

    [Fact]
    public async Task Its_wakes_are_hastened_with_those_of_its_agency()
    {
        await Saved(Sample.Opened("a-1") with { Wakes = [Sample.Wake("a-1", Noon.AddDays(3))] });
        await Move("a-1", 1);

        await Stores.Directory.Save(Sample.Agency("sample"), Ct, hasten: Noon);
        Assert.Equal(Noon.AddDays(3), (await Stores.Wakes.Find("case:a-1", Ct))!.Due);

        await Stores.Directory.Save(Sample.Agency("other"), Ct, hasten: Noon);
        Assert.Equal(Noon, (await Stores.Wakes.Find("case:a-1", Ct))!.Due);
    }

    [Fact]
    public async Task A_wake_that_was_hastened_before_stays_so()
    {
        await Stores.Directory.Save(Sample.Agency("sample"), Ct);
        await Saved(Sample.Opened("a-1") with { Wakes = [Sample.Wake("a-1", Noon.AddDays(3))] });
        await Stores.Directory.Save(Sample.Agency("sample", 2), Ct, hasten: Noon);
        await Stores.Directory.Save(Sample.Agency("other"), Ct, hasten: Noon.AddDays(-1));

        await Move("a-1", 1);

        Assert.Equal(Noon, (await Stores.Wakes.Find("case:a-1", Ct))!.Due);
        Assert.Equal(["case:a-1"], (await Stores.Wakes.Due(Noon, 10, Ct)).Select(wake => wake.Subject));
    }

    [Fact]
    public async Task What_waited_in_the_former_agencys_inboxes_about_it_is_gone_and_nothing_else()
    {
        await Saved(Sample.Opened("a-1") with
        {
            Inbox = [Sample.Item("a-1", "1"), Sample.Item("a-1", "2", "raul"), Sample.Item("a-1", "3") with { MailedIn = "m" }],
        });
        await Saved(Sample.Opened("a-2") with { Inbox = [Sample.Item("a-2", "4", notBefore: Noon.AddDays(1))] });
        await Saved(Sample.Next("a-1", 1) with
        {
            File = Sample.File("a-1", "other"),
            Inbox = [Sample.Item("a-1", "5", "olaf", Noon.AddDays(2)) with { Agency = "other" }],
        });

        Assert.Equal(["4>ines"], (await Stores.Inbox.Waiting("ines", Ct)).Select(item => item.Key));
        Assert.Empty(await Stores.Inbox.Waiting("raul", Ct));
        Assert.Equal(["5>olaf"], (await Stores.Inbox.Waiting("olaf", Ct)).Select(item => item.Key));
        Assert.Equal([("sample", "ines"), ("other", "olaf")], await Stores.Inbox.PeopleWaiting(Noon.AddDays(9), 10, Ct));
        Assert.Equal(Noon.AddDays(1), await Stores.Inbox.Earliest(Ct));
    }

    [Fact]
    public async Task Its_mail_is_listed_with_the_agency_that_wrote_it()
    {
        await Saved(Sample.Opened("a-1") with { Messages = [Sample.Message("before") with { Case = "a-1" }] });
        await Saved(Sample.Next("a-1", 1) with { File = Sample.File("a-1", "other"), Messages = [Sample.Message("after", agency: "other") with { Case = "a-1" }] });

        Assert.Equal(["before"], (await Stores.Outbox.List("sample", Ct, caseId: "a-1")).Select(message => message.Id));
        Assert.Equal(["after"], (await Stores.Outbox.List("other", Ct, caseId: "a-1")).Select(message => message.Id));
    }

    [Fact]
    public async Task A_transfer_that_another_unit_came_before_changes_nothing()
    {
        await Saved(Sample.Opened("a-1") with { Inbox = [Sample.Item("a-1", "1")] });
        await Saved(Sample.Next("a-1", 1));

        Assert.Equal(SaveOutcome.Conflict, await Stores.Cases.Save(Sample.Next("a-1", 1) with { File = Sample.File("a-1", "other") }, Ct));
        Assert.Single(await Stores.Cases.Cases("sample", Ct));
        Assert.Single(await Stores.Inbox.Waiting("ines", Ct));
    }

    private Task Move(string id, long version, params Domain.Cases.Assignment[] assignments) =>
        Saved(Sample.Next(id, version) with { File = Sample.File(id, "other", assignments) });
}
