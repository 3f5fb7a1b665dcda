using CasePlanning.Host.Simulation;

namespace CasePlanning.Host.Tests.Simulation;

/// <summary>One child at home and one placed: two plans, two clocks.</summary>
public sealed class SiblingTests
{
    private static readonly Task<IReadOnlyList<SimulationEvent>> Story = Playing.Play("minnesota-siblings");

    [Fact, Trait("Requirement", "MN-03")]
    public async Task Split_siblings_get_two_plans_with_clocks_of_their_own()
    {
        Assert.Single((await Story).At("2024-03-04T09:00", EventKind.Stage), stage => stage.Subject == "plan:lake-mn-2024-318.home");
        Assert.Single((await Story).At("2024-03-12T08:15", EventKind.Stage), stage => stage.Subject == "plan:lake-mn-2024-318.placed");
        Assert.Equal((new DateOnly(2024, 4, 3), new DateOnly(2024, 4, 10)), (await InitialDue("child:tove"), await InitialDue("child:elias")));
    }

    [Fact, Trait("Requirement", "MN-03")]
    public async Task A_placed_child_can_not_be_on_the_plan_at_home() =>
        Assert.Equal("MN-03", Assert.Single((await Story).At("2024-03-18T10:00", EventKind.Refusal)).Rule);

    [Fact, Trait("Requirement", "MN-04"), Trait("Requirement", "CA-25")]
    public async Task A_plan_at_home_that_says_nothing_is_refused_for_every_missing_element_at_once() =>
        Assert.Equal(10, (await Story).At("2024-03-18T10:10", EventKind.Refusal).Count(refusal => refusal.Rule == "MN-04"));

    [Fact]
    public async Task A_move_from_one_placement_to_another_changes_nothing() =>
        Assert.DoesNotContain(await Story, each => each.At.Date == new DateTime(2024, 4, 22) && each.Kind != EventKind.Act);

    [Fact, Trait("Requirement", "WI-01")]
    public async Task When_the_child_comes_home_the_placed_plan_ends_and_the_plan_at_home_has_thirty_days()
    {
        Assert.EndsWith("closed: no focus child is left in this setting.", Assert.Single((await Story).At("2024-08-06T09:00", EventKind.Stage)).Message);
        var met = (await Story).At("2024-09-04T16:00", EventKind.Deadline).Single(deadline => deadline.Subject == "child:elias");
        Assert.Equal("Initial case plan due 2024-09-01 was met late, on 2024-09-04.", met.Message);
    }

    [Fact, Trait("Requirement", "WI-07")]
    public async Task A_plan_date_ahead_blocks_the_approval_until_it_is_set_to_that_day()
    {
        Assert.Equal("WI-07", Assert.Single((await Story).At("2024-04-12T14:00", EventKind.Refusal)).Rule);
        Assert.Contains("plan date 2024-04-12, end date 2024-10-12", (await Story).At("2024-04-12T14:10", EventKind.Shown)[0].Message);
    }

    [Fact]
    public async Task An_excused_deadline_is_silent_until_the_excuse_ends() =>
        Assert.DoesNotContain(await Story, each => each.Kind == EventKind.Notice && each.At.Date >= new DateTime(2024, 7, 8) && each.At.Date <= new DateTime(2024, 7, 19));

    [Fact]
    public async Task A_transfer_to_another_worker_resets_nothing_and_the_new_worker_is_told()
    {
        var next = (await Story).First(each => each.Kind == EventKind.Notice && each.At.Date > new DateTime(2024, 9, 10));

        Assert.Equal(("basil.crowe@lake.example", new DateOnly(2024, 9, 22)), (next.To!.Address, next.Due));
    }

    private static async Task<DateOnly?> InitialDue(string child) => (await Story).First(each => each.Kind == EventKind.Notice && each.Subject == child).Due;
}
