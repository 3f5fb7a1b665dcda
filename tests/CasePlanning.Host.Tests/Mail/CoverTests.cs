using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Host.Tests.Mail;

/// <summary>Broken chains: each ends with somebody real, within the days of the pack, and the record says why it went where it went.</summary>
public sealed class CoverTests
{
    [Fact]
    public async Task A_request_that_waits_is_reminded_and_goes_up_the_line_where_it_can_be_decided()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        await world.Open("a");
        await world.Submit("a");
        Assert.IsType<Domain.Refusal.Forbidden>((await world.Approve("a", "max")).Refusal);
        await world.Play("2027-01-12 12:00");

        // Five working days from Monday 4 January is Monday 11 January; two working days before it is reminded, the day after it goes up.
        Assert.Contains("/approvals/", Assert.Single(world.To("sue", "2027-01-08")).Text, StringComparison.Ordinal);
        var escalated = Assert.Single(world.To("max", "2027-01-12"));
        Assert.Equal(MessageKind.FirstDayOverdue, escalated.Kind);
        Assert.Contains("/approvals/", escalated.Text, StringComparison.Ordinal);
        Assert.Null((await world.Approve("a", "max")).Refusal);
    }

    [Fact]
    public async Task An_absent_supervisors_request_goes_to_the_cover_of_the_cover()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        await world.Put(MailWorld.Entry("sid", null, Role.Supervisor));
        await world.Put(MailWorld.Entry("sam", null, Role.Supervisor));
        await world.Away("sue", "2027-01-01", "2027-01-31", "sid");
        await world.Away("sid", "2027-01-01", "2027-01-31", "sam");
        await world.Open("a");
        await world.Submit("a");
        await world.Play("2027-01-04 12:00");

        var asked = Assert.Single(world.To("sam", "2027-01-04"), message => message.Kind == MessageKind.ApprovalRequest);
        Assert.Contains("you stand in for sue", asked.Text, StringComparison.Ordinal);
        Assert.Null((await world.Approve("a", "sam")).Refusal);
    }

    [Fact]
    public async Task A_ring_of_covers_ends_with_the_manager_and_the_administrators()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        await world.Put(MailWorld.Entry("sid", null, Role.Supervisor));
        await world.Away("sue", "2027-01-01", "2027-01-31", "sid");
        await world.Away("sid", "2027-01-01", "2027-01-31", "sue");
        await world.Open("a");
        await world.Submit("a");
        await world.Play("2027-01-04 12:00");

        Assert.Equal(["ada", "max"], world.Sent.Where(sent => sent.Message.Kind == MessageKind.ApprovalRequest).Select(sent => sent.Message.Person).Order());
        Assert.Contains("the supervisor can't be reached and has no cover", world.To("max", "2027-01-04").Single(message => message.Kind == MessageKind.ApprovalRequest).Text, StringComparison.Ordinal);
        Assert.Equal(
            [("ada", "the supervisor can't be reached and has no cover"), ("max", "the supervisor can't be reached and has no cover")],
            (await world.Told("a")).Where(told => told.What == "Case a: plan to approve (at home)").Select(told => (told.Person, told.Because!)));
        await world.Play("2027-01-11 12:00");
        var summary = world.To("max", "2027-01-11").Single(message => message.Kind == MessageKind.WeeklySummary);
        Assert.Contains("You receive this because North has no supervisor who can be reached.", summary.Text, StringComparison.Ordinal);
        Assert.Null((await world.Approve("a", "max")).Refusal);
    }

    [Fact]
    public async Task An_answer_goes_to_whoever_stands_in_for_its_absent_writer()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        await world.Open("a");
        await world.Submit("a");
        await world.Away("will", "2027-01-04", "2027-01-31", "wendy");
        Assert.Null((await world.Approve("a", "sue")).Refusal);
        await world.Play("2027-01-04 12:00");

        var answer = Assert.Single(world.Sent, sent => sent.Message.Kind == MessageKind.Decision).Message;
        Assert.Equal(("wendy", "you stand in for will"), (answer.Person, answer.Because));
    }

    [Fact]
    public async Task A_unit_without_a_supervisor_asks_its_manager()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        await world.Put(new Unit { Id = "north", Agency = MailWorld.Agency, Name = "North", Manager = "max" });
        await world.Open("a");
        await world.Submit("a");
        await world.Play("2027-01-04 12:00");

        Assert.Contains("the case has no supervisor", world.To("max", "2027-01-04").Single(message => message.Kind == MessageKind.ApprovalRequest).Text, StringComparison.Ordinal);
        Assert.Null((await world.Approve("a", "max")).Refusal);
    }

    [Fact]
    public async Task Nobody_decides_on_their_own_request_so_it_goes_up_at_once()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        await world.Open("a");
        await world.Record("a", new Assignment { Source = "sue", On = MailWorld.Day("2027-01-04"), Person = "sue", Primary = false });
        await world.Submit("a", by: "sue");
        await world.Play("2027-01-12 12:00");

        Assert.DoesNotContain(world.Sent, sent => sent.Message is { Person: "sue", Kind: MessageKind.ApprovalRequest or MessageKind.FirstDayOverdue });
        Assert.Contains("the supervisor doesn't decide on their own request", world.To("max", "2027-01-04").Single(message => message.Kind == MessageKind.ApprovalRequest).Text, StringComparison.Ordinal);
        Assert.NotNull((await world.Approve("a", "sue")).Refusal);
        Assert.Null((await world.Approve("a", "max")).Refusal);
    }

    [Fact]
    public async Task A_case_without_a_worker_is_the_supervisors_and_stands_in_the_weekly_summary()
    {
        await using var world = await MailWorld.On("2027-01-05 09:00");
        await world.Open("a", worker: null);
        await world.Play("2027-01-21 12:00");

        var summary = world.To("sue", "2027-01-11").Single(message => message.Kind == MessageKind.WeeklySummary);
        Assert.Contains("Case a: No worker, nobody is assigned", summary.Text, StringComparison.Ordinal);
        Assert.EndsWith(": 0 overdue, 0 to decide, 1 without a worker, 0 coming up", summary.Subject, StringComparison.Ordinal);
        var digest = Assert.Single(world.To("sue", "2027-01-21"));
        Assert.Contains("the case has no worker", digest.Text, StringComparison.Ordinal);
        Assert.Equal("the case has no worker", (await world.Use.Stores.Cases.Notices("river-a", default)).Single().Because);
    }

    [Fact]
    public async Task Cases_that_belong_to_no_unit_are_summed_up_for_the_administrators()
    {
        await using var world = await MailWorld.On("2027-01-05 09:00");
        await world.Open("a", worker: null, unit: null);
        await world.Open("b", worker: null);
        await world.Play("2027-01-11 12:00");

        var summary = Assert.Single(world.To("ada", "2027-01-11"), message => message.Kind == MessageKind.WeeklySummary);
        Assert.Contains("Case a: No worker, nobody is assigned", summary.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Case b", summary.Text, StringComparison.Ordinal);
        Assert.Equal("there are cases that belong to no unit", summary.Because);
        Assert.DoesNotContain("Case a", world.To("sue", "2027-01-11").Single(message => message.Kind == MessageKind.WeeklySummary).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_who_leaves_hands_over_with_a_brief_of_each_case()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        await world.Open("a");
        await world.Submit("a");
        Assert.Null((await world.Approve("a", "sue")).Refusal);
        await world.Record("a", new Meeting { Source = "m1", On = MailWorld.Day("2027-01-04"), What = MeetingKind.SupervisorReview, Narrative = "Expect a new school by March." });
        await world.Open("b");
        await world.Play("2027-01-15 12:00");
        await world.Put((await world.As("will")).Person with { Active = false });

        var briefs = (await world.Use.HandOver.OfPerson(await world.As("sue"), "will", default)).Value;
        Assert.Equal(["b", "a"], briefs.Select(brief => brief.CaseNumber));
        Assert.Equal(("Initial case plan", 19), briefs[0].Plans.Single().Deadlines.Select(deadline => (deadline.Name, deadline.DaysLeft)).Single());
        var plan = briefs[1].Plans.Single();
        Assert.Equal([("Case plan review", 79), ("Case plan update", 170)], plan.Deadlines.Select(deadline => (deadline.Name, deadline.DaysLeft)));
        Assert.Equal([("Zephyrine is driven to school", MailWorld.Day("2027-03-05")), ("The plan is reviewed with the family.", MailWorld.Day("2027-03-25"))], plan.Promised.Select(promise => (promise.What, promise.By!.Value)));
        Assert.Equal("Expect a new school by March.", briefs[1].LastSupervision!.Narrative);
        Assert.NotNull((await world.Use.HandOver.OfPerson(await world.As("wendy"), "will", default)).Refusal);

        await world.Assign("a", "wendy");
        await world.Play("2027-01-15 13:00");
        var told = Assert.Single(world.To("wendy", "2027-01-15"));
        Assert.Contains("Case a: Case plan review (at home), due in 79 days", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_of_every_kind_is_searched_for_names()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        await world.Open("a", children: 2);
        await world.Submit("a");
        await world.Open("b", worker: null);
        await world.Play("2027-03-15 12:00");

        Assert.Superset(
            new HashSet<MessageKind> { MessageKind.Digest, MessageKind.ApprovalRequest, MessageKind.FirstDayOverdue, MessageKind.Assignment, MessageKind.WeeklySummary },
            world.Sent.Select(sent => sent.Message.Kind).ToHashSet());
    }
}
