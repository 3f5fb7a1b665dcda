namespace CasePlanning.Host.Tests.Processes;

/// <summary>
/// Every broken chain, played from outside against the running process: each ends with a decision or an escalation within the days of the pack,
/// and the case's history says why it went where it went.
/// </summary>
public sealed class ChainTests
{
    private const string Asked = "plan to approve (at home)";
    private const string Decision = "Decision on a submitted plan";
    private const string Initial = "Initial case plan";
    private const string NoSupervisor = "the supervisor can't be reached and has no cover";
    private const string NoWorker = "the worker can't be reached and has no cover";

    [Fact]
    public async Task A_request_that_waits_past_the_packs_working_days_goes_up_the_line_and_is_decided_there()
    {
        await using var river = await River.Begin();
        await river.Open("c1");
        await river.Submit("c1");
        Assert.Equal(403, await river.Approve("c1", "max"));

        // Five working days from Monday 4 January is Monday 11 January; the day after it the decision is overdue.
        await river.Play("2027-01-12 12:00");

        Assert.Equal(
            [
                new ToldLine("sue", "supervisor", $"Case c1: {Asked}", null, null, "sent"),
                new ToldLine("sue", "supervisor", Decision, "-2", null, "sent"),
                new ToldLine("sue", "supervisor", Decision, "0", null, "sent"),
                new ToldLine("max", "manager", Decision, "+1", "it is overdue and goes up the line", "sent"),
                new ToldLine("sue", "supervisor", Decision, "+1", null, "sent"),
            ],
            await Told(river, "c1", Asked, Decision));
        var escalated = Assert.Single(await river.MailTo("max"), mail => mail.Subject.StartsWith("Case c1", StringComparison.Ordinal));
        Assert.Equal(("2027-01-12 07:00", "Case c1: decision on a submitted plan overdue (at home)"), (escalated.At, escalated.Subject));
        Assert.Contains("/approvals/sample-c1.home.v1.1", escalated.Text, StringComparison.Ordinal);
        Assert.Contains("You receive this because it is overdue and goes up the line.", escalated.Text, StringComparison.Ordinal);
        await Ends(river, "c1", by: "max");
    }

    [Fact]
    public async Task An_absent_supervisors_request_is_decided_by_the_cover()
    {
        await using var river = await River.Begin();
        await river.Away("sue", "2027-01-04", "2027-01-31", "sid");
        await river.Open("c1");
        await river.Submit("c1");

        Assert.Equal([new ToldLine("sid", "supervisor", $"Case c1: {Asked}", null, "you stand in for Sue", "sent")], await Told(river, "c1", Asked));
        Assert.Contains("You receive this because you stand in for Sue.", (await Request(river, "sid")).Text, StringComparison.Ordinal);
        await Ends(river, "c1", by: "sid");
    }

    [Fact]
    public async Task An_absent_supervisors_request_is_decided_by_the_cover_of_the_cover()
    {
        await using var river = await River.Begin();
        await river.Away("sue", "2027-01-04", "2027-01-31", "sid");
        await river.Away("sid", "2027-01-04", "2027-01-31", "sam");
        await river.Open("c1");
        await river.Submit("c1");

        Assert.Equal([new ToldLine("sam", "supervisor", $"Case c1: {Asked}", null, "you stand in for Sue", "sent")], await Told(river, "c1", Asked));
        Assert.Equal(404, await river.Approve("c1", "sid"));
        await Ends(river, "c1", by: "sam");
    }

    [Fact]
    public async Task A_cover_that_ends_while_a_request_waits_leaves_it_with_whoever_is_back()
    {
        await using var river = await River.Begin();
        await river.Away("sue", "2027-01-04", "2027-01-06", "sid");
        await river.Open("c1");
        await river.Submit("c1");
        await river.Play("2027-01-08 12:00");

        Assert.Equal(
            [new ToldLine("sid", "supervisor", $"Case c1: {Asked}", null, "you stand in for Sue", "sent"), new ToldLine("sue", "supervisor", Decision, "-2", null, "sent")],
            await Told(river, "c1", Asked, Decision));
        Assert.Equal(404, await river.Approve("c1", "sid"));
        await Ends(river, "c1", by: "sue");
    }

    [Fact]
    public async Task A_ring_of_covers_ends_with_the_manager_and_the_administrators()
    {
        await using var river = await River.Begin();
        await river.Away("sue", "2027-01-04", "2027-01-31", "sid");
        await river.Away("sid", "2027-01-04", "2027-01-31", "sam");
        await river.Away("sam", "2027-01-04", "2027-01-31", "sue");
        await river.Open("c1");
        await river.Submit("c1");

        Assert.Equal(
            [new ToldLine("administrator", "administrator", $"Case c1: {Asked}", null, NoSupervisor, "sent"), new ToldLine("max", "manager", $"Case c1: {Asked}", null, NoSupervisor, "sent")],
            await Told(river, "c1", Asked));
        Assert.Contains($"You receive this because {NoSupervisor}.", (await Request(river, "max")).Text, StringComparison.Ordinal);
        await river.Play("2027-01-11 12:00");
        var summary = (await river.MailTo("max")).Single(mail => mail.Subject.StartsWith("Your week", StringComparison.Ordinal));
        Assert.Contains("You receive this because River has no supervisor who can be reached.", summary.Text, StringComparison.Ordinal);
        await Ends(river, "c1", by: "max");
    }

    [Fact]
    public async Task A_unit_without_a_supervisor_asks_its_manager()
    {
        await using var river = await River.Begin();
        await river.Lead(supervisor: null, manager: "max");
        await river.Open("c1");
        await river.Submit("c1");

        Assert.Equal(
            [new ToldLine("administrator", "administrator", $"Case c1: {Asked}", null, "the case has no supervisor", "sent"), new ToldLine("max", "manager", $"Case c1: {Asked}", null, "the case has no supervisor", "sent")],
            await Told(river, "c1", Asked));
        await Ends(river, "c1", by: "max");
    }

    [Fact]
    public async Task A_unit_that_nobody_leads_asks_the_administrators()
    {
        await using var river = await River.Begin();
        await river.Lead(supervisor: null, manager: null);
        await river.Open("c1");
        await river.Submit("c1");

        Assert.Equal(
            [new ToldLine("administrator", "administrator", $"Case c1: {Asked}", null, "the case has no supervisor and the case has no manager", "sent")],
            await Told(river, "c1", Asked));
        await river.Play("2027-01-11 12:00");
        var summary = (await river.MailTo(River.Administrator)).Single(mail => mail.Subject.StartsWith("Your week", StringComparison.Ordinal));
        Assert.Contains("Case c1: Version 1 submitted by Will (at home), due today", summary.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("S-10", summary.Text, StringComparison.Ordinal);
        Assert.Contains("You receive this because nobody who leads River can be reached.", summary.Text, StringComparison.Ordinal);
        await Ends(river, "c1", by: River.Administrator);
    }

    [Fact]
    public async Task Nobody_decides_on_their_own_request_so_it_goes_up_at_once()
    {
        await using var river = await River.Begin();
        await river.Open("c1");
        await river.Assign("c1", "sue", primary: false);
        await river.Submit("c1", by: "sue");

        const string Why = "the supervisor doesn't decide on their own request";
        Assert.Equal(
            [new ToldLine("administrator", "administrator", $"Case c1: {Asked}", null, Why, "sent"), new ToldLine("max", "manager", $"Case c1: {Asked}", null, Why, "sent")],
            await Told(river, "c1", Asked));
        Assert.Equal(403, await river.Approve("c1", "sue"));
        await Ends(river, "c1", by: "max");
    }

    [Fact]
    public async Task A_case_without_a_worker_is_the_supervisors_until_it_is_assigned()
    {
        await using var river = await River.Begin();
        await river.Open("c1", worker: null);
        await river.Play("2027-02-04 12:00");

        // Due Wednesday 3 February: the worker's steps go to the supervisor, and the day after it passed everybody who can act is told at once.
        var told = await Told(river, "c1", Initial);
        Assert.Equal(["-14", "-7", "-1", "0", "+1"], told.Where(line => line.Person == "sue").Select(line => line.Step!));
        Assert.All(told, line => Assert.Equal(("the case has no worker", "sent"), (line.Because, line.State)));
        Assert.Equal(["2027-02-04 07:00"], (await river.MailTo("sue")).Where(mail => mail.Subject.EndsWith("overdue (at home)", StringComparison.Ordinal)).Select(mail => mail.At));
        Assert.Contains("Case c1: No worker, nobody is assigned", (await river.MailTo("sue")).First(mail => mail.Subject.StartsWith("Your week", StringComparison.Ordinal)).Text, StringComparison.Ordinal);

        await river.Assign("c1", "wendy");
        await river.Settle();
        Assert.Contains("Case c1: Initial case plan (at home), 1 day overdue, since Wed 3 Feb 2027", Assert.Single(await river.MailTo("wendy")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cases_of_a_worker_who_left_are_the_supervisors_until_they_are_handed_over()
    {
        await using var river = await River.Begin();
        await river.Open("c1");
        await river.Submit("c1");
        await river.Leave("will");
        Assert.Equal(200, await river.Approve("c1", "sue"));
        await river.Open("c2", worker: "wendy");
        await river.Play("2027-04-05 12:00");

        // The answer to the plan, and then the review due 90 days after it took effect, on Sunday 4 April; whoever can act is told at once on Monday.
        var told = await Told(river, "c1", "plan approved (at home)", "Case plan review");
        Assert.Equal(["administrator", "sue"], told.Where(line => line.Step is null).Select(line => line.Person));
        Assert.Equal(["-14", "-7", "0", "+1"], told.Where(line => line.Person == "sue" && line.Step is not null).Select(line => line.Step!));
        Assert.All(told, line => Assert.Equal((NoWorker, "sent"), (line.Because, line.State)));
        Assert.All(await river.MailTo("will"), mail => Assert.StartsWith("2027-01-04", mail.At, StringComparison.Ordinal));
        Assert.Contains("Case c1: No worker, Will has left", (await river.MailTo("sue")).First(mail => mail.Subject.StartsWith("Your week", StringComparison.Ordinal)).Text, StringComparison.Ordinal);

        var brief = Assert.Single((await river.Ask("sue", "/api/people/will/hand-over")).AsArray())!;
        Assert.Equal("c1", (string)brief["caseNumber"]!);
        await river.Assign("c1", "wendy");
        await river.Settle();
        Assert.Equal("2027-04-05", Assert.Single(await river.MailTo("wendy"), mail => mail.Subject == "Case c1 is yours").At[..10]);
    }

    [Fact]
    public async Task A_request_to_a_dead_mailbox_is_decided_by_the_next_in_line()
    {
        await using var river = await River.Begin((to, _) => to == "sue@river.example" ? "550 5.1.1 no such mailbox" : "250 OK");
        await river.Open("c1");
        await river.Submit("c1");

        var told = await river.Told("c1");
        Assert.Equal("failed", told.Single(line => line.Person == "sue").State);
        Assert.Equal(NoSupervisor, told.Single(line => line.Person == "max").Because);
        Assert.Contains("/approvals/sample-c1.home.v1.1", Assert.Single(await river.MailTo("max")).Text, StringComparison.Ordinal);
        await river.Play("2027-01-12 12:00");
        await Ends(river, "c1", by: "max");
    }

    private static async Task Ends(River river, string number, string by)
    {
        Assert.Equal(200, await river.Approve(number, by));
        Assert.Equal("in-effect", await river.Stage(number));
    }

    /// <summary>What a case's history says of some matters, those told at one instant by person.</summary>
    private static async Task<ToldLine[]> Told(River river, string number, params string[] about) =>
        [.. (await river.Told(number)).Where(line => about.Any(each => line.What.EndsWith(each, StringComparison.Ordinal)))];

    private static async Task<TakenMail> Request(River river, string person) => (await river.MailTo(person)).Single(mail => mail.Subject == $"Case c1: {Asked}");
}
