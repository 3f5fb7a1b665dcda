using CasePlanning.Host.Simulation;

namespace CasePlanning.Host.Tests.Simulation;

/// <summary>The acceptance lines for the California family, each proved on the sample's own story.</summary>
public sealed class MartinezTests
{
    private static readonly Task<IReadOnlyList<SimulationEvent>> Story = Playing.Play("martinez");

    [Fact, Trait("Requirement", "CA-02")]
    public async Task An_update_needs_an_approved_plan_before_it() =>
        Assert.Contains((await Story).At("2005-07-12T10:00", EventKind.Refusal), refusal => refusal.Rule == "CA-02");

    [Fact, Trait("Requirement", "CA-06")]
    public async Task Creating_the_update_is_refused_naming_every_objective_without_progress()
    {
        var none = (await Story).At("2006-01-06T09:05", EventKind.Refusal);
        var one = (await Story).At("2006-01-06T10:00", EventKind.Refusal);

        Assert.Equal(["4: Complete domestic violence program.", "5: Complete homework.", "6: Attend school regularly.", "7: Complete domestic violence program."], none.Select(Objective));
        Assert.Equal(["7: Complete domestic violence program."], one.Select(Objective));

        static string Objective(SimulationEvent refusal) => refusal.Message.Split("objective ")[1];
    }

    [Fact, Trait("Requirement", "CA-11")]
    public async Task With_objective_6_met_copying_all_not_met_brings_three_objectives() =>
        Assert.Contains("objectives 4, 5, 7;", await Content("2006-01-06T10:35"));

    [Fact, Trait("Requirement", "CA-12")]
    public async Task From_the_initial_plan_the_appropriateness_description_stays_blank_though_its_copy_was_asked_for() =>
        Assert.Contains("appropriateness blank;", await Content("2006-01-06T10:35"));

    [Fact, Trait("Requirement", "CA-14")]
    public async Task Raquels_signature_of_2005_is_shown_as_prior_and_does_not_count()
    {
        Assert.Contains("raquel 2005-07-19", await Content("2006-01-06T10:35"));
        Assert.Contains((await Story).At("2006-01-06T11:40", EventKind.Refusal), refusal => refusal.Rule == "CA-14" && refusal.Message.Contains("Raquel") && refusal.Message.Contains("signed on 2005-07-19, before this version"));
    }

    [Fact, Trait("Requirement", "CA-10")]
    public async Task The_updates_end_date_is_6_July_2006_until_it_is_edited_to_the_7th()
    {
        Assert.Contains("plan date 2006-01-06, end date 2006-07-06", await Head("2006-01-06T10:35"));
        Assert.Contains("plan date 2006-01-06, end date 2006-07-07", await Head("2006-01-06T11:35"));
    }

    [Fact, Trait("Requirement", "CA-09")]
    public async Task The_updates_focus_child_is_Daniel_and_the_others_are_participants() =>
        Assert.Contains("for daniel; with raquel, raul, theresa;", await Head("2006-01-06T10:35"));

    [Theory, Trait("Requirement", "CA-04"), Trait("Requirement", "CA-13")]
    [InlineData("Objectives 4 and 6 carry the same progress narrative. [CA-04]")]
    [InlineData("The appropriateness description speaks of Family Maintenance while a child's service component is Family Reunification. [CA-13]")]
    public async Task What_the_guides_own_screens_get_wrong_is_warned_about_and_does_not_block(string warning)
    {
        var seen = (await Story).At("2006-01-09T16:10", EventKind.Shown);

        Assert.Contains(seen, line => line.Message.EndsWith($"warning: {warning}", StringComparison.Ordinal));
        Assert.DoesNotContain(seen, line => line.Message.Contains("not met yet"));
        Assert.Empty((await Story).At("2006-01-09T16:15", EventKind.Refusal));
        Assert.Contains((await Story).At("2006-01-11T09:20", EventKind.Stage), stage => stage.Message.EndsWith("from pending approval to in effect.", StringComparison.Ordinal));
    }

    [Fact, Trait("Requirement", "CA-26")]
    public async Task While_the_supervisor_is_away_whoever_stands_in_is_asked_and_reads_why()
    {
        var mail = Assert.Single((await Story).At("2006-01-09T16:15", EventKind.Mail));

        Assert.Equal("noor.ferris@valley.example", mail.To!.Address);
        Assert.Contains("You receive this because you stand in for Iris Castellan.", mail.Text);
    }

    [Fact, Trait("Requirement", "MN-15")]
    public async Task Closing_is_refused_for_everything_that_is_missing_at_once_and_then_ends_the_clocks()
    {
        Assert.Equal(["MN-15", "MN-15", "MN-15", "MN-15", "MN-15", "MN-17", "MN-16"], (await Story).At("2006-06-20T09:00", EventKind.Refusal).Select(refusal => refusal.Rule));
        Assert.Single((await Story).At("2006-06-23T15:00", EventKind.Stage));
        Assert.All((await Story).At("2006-06-23T15:00", EventKind.Deadline), deadline => Assert.EndsWith("ended: the plan was closed.", deadline.Message));
        Assert.DoesNotContain(await Story, each => each.Kind is EventKind.Notice or EventKind.Mail && each.At.Date > new DateTime(2006, 6, 23));
    }

    [Fact]
    public async Task A_review_held_in_time_and_entered_late_is_met_on_time_and_says_when_it_was_recorded() =>
        Assert.Equal("Case plan review due 2006-04-13 was met on 2006-04-12 (recorded 2006-04-17).", Assert.Single((await Story).At("2006-04-17T09:00", EventKind.Deadline)).Message);

    private static async Task<string> Head(string at) => (await Story).At(at, EventKind.Shown)[0].Message;

    private static async Task<string> Content(string at) => (await Story).At(at, EventKind.Shown)[1].Message;
}
