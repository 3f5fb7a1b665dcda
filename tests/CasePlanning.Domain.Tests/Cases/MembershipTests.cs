using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Tests.Cases;

/// <summary>Whom a plan is for, and when: the edges of days that random histories found to be worth a sentence.</summary>
public sealed class MembershipTests
{
    [Fact]
    public void A_child_is_at_home_from_the_later_of_the_opening_and_the_day_it_joined()
    {
        Assert.Equal(["AtHome opening-o1 2025-01-02 "], Of(Given.Opened("2025-01-02"), Given.Child("dan", "2024-12-01")));
        Assert.Equal(["AtHome opening-o1 2025-01-02 "], Of(Given.Opened("2025-01-02"), Given.Child("dan", "2025-01-02")));
        Assert.Equal(["AtHome participant-dan 2025-01-20 "], Of(Given.Opened("2025-01-02"), Given.Child("dan", "2025-01-20")));
        Assert.Empty(Of(Given.Child("dan", "2025-01-02")));
    }

    [Fact]
    public void A_child_placed_before_the_opening_is_out_of_home_from_the_first_placement() =>
        Assert.Equal(["OutOfHome placement-p1 2024-11-05 "],
            Of(Given.Opened("2025-01-02"), Given.Child("dan", "2025-01-02"), Given.Placed("dan", "2024-11-05"),
                Given.Placed("dan", "2024-12-05", "p2")));

    [Theory]
    [InlineData("2024-12-20")]
    [InlineData("2025-01-02")]
    public void A_stay_that_ended_by_the_opening_day_creates_nothing(string home) =>
        Assert.Equal(["AtHome opening-o1 2025-01-02 "],
            Of(Given.Opened("2025-01-02"), Given.Child("dan", "2025-01-02"), Given.Placed("dan", "2024-11-05"), Given.Home("dan", home)));

    [Fact]
    public void A_child_who_left_before_the_opening_is_planned_for_by_nobody() =>
        Assert.Empty(Of(Given.Opened("2025-06-02"), Given.Child("dan", "2025-01-02") with { Until = Given.Day("2025-02-28") },
            Given.Placed("dan", "2025-01-10")));

    [Fact]
    public void Of_several_placements_on_one_day_the_last_by_source_id_counts()
    {
        var known = new Fact[] { Given.Opened("2025-01-02"), Given.Child("dan", "2025-01-02"), Given.Placed("dan", "2025-02-03", "a"),
            Given.Home("dan", "2025-02-03", "b") };
        Assert.Equal(["AtHome opening-o1 2025-01-02 "], Of(known));
        Assert.Equal(["AtHome opening-o1 2025-01-02 2025-02-03 Moved", "OutOfHome placement-c 2025-02-03 "],
            Of([.. known, Given.Placed("dan", "2025-02-03", "c")]));
    }

    [Fact]
    public void A_return_begins_the_time_at_home_again() => Assert.Equal(
        ["AtHome opening-o1 2025-01-02 2025-02-03 Moved", "OutOfHome placement-p1 2025-02-03 2025-03-03 Moved",
            "AtHome placement-h1 2025-03-03 "],
        Of(Given.Opened("2025-01-02"), Given.Child("dan", "2025-01-02"), Given.Placed("dan", "2025-02-03"),
            Given.Home("dan", "2025-03-03")));

    [Fact]
    public void A_reopening_is_for_children_still_in_the_setting()
    {
        var known = new Fact[] { Given.Opened("2025-01-02"), Given.Child("dan", "2025-01-02"), Given.Closing("2025-02-03"),
            Given.Reopening("2025-03-03") };
        Assert.Equal(["AtHome opening-o1 2025-01-02 2025-02-03 PlanClosed", "AtHome reopening-ro1 2025-03-03 "], Of(known));
        Assert.Equal(["AtHome opening-o1 2025-01-02 2025-02-03 PlanClosed", "OutOfHome placement-p1 2025-03-03 "],
            Of([.. known, Given.Placed("dan", "2025-03-03")]));
    }

    [Fact]
    public void Children_who_overlap_or_touch_share_a_period()
    {
        Assert.Equal(["2025-01-02 "], Periods(Left("dan", "2025-02-03"), Given.Child("eva", "2025-01-20")));
        Assert.Equal(["2025-01-02 "], Periods(Left("dan", "2025-02-03"), Given.Child("eva", "2025-02-04"))); // the day after his last day
        Assert.Equal(["2025-01-02 2025-02-03", "2025-02-05 "], Periods(Left("dan", "2025-02-03"), Given.Child("eva", "2025-02-05")));
        Assert.Equal(["2025-01-02 "],
            Periods(Given.Child("dan", "2025-01-02"), Given.Placed("dan", "2025-02-03"),
            Given.Child("eva", "2025-02-03"))); // the day of his move
        Assert.Equal(["2025-01-02 2025-02-03", "2025-02-04 "],
            Periods(Given.Child("dan", "2025-01-02"), Given.Placed("dan", "2025-02-03"), Given.Child("eva", "2025-02-04")));
    }

    [Fact]
    public void A_closing_always_separates_two_periods()
    {
        Assert.Equal(["2025-01-02 2025-02-03", "2025-02-03 "],
            Periods(Given.Child("dan", "2025-01-02"), Given.Closing("2025-02-03"), Given.Reopening("2025-02-03")));
        Assert.Equal(["2025-01-02 2025-02-03", "2025-02-04 "],
            Periods(Given.Child("dan", "2025-01-02"), Given.Closing("2025-02-03"), Given.Child("eva", "2025-02-04")));
    }

    [Fact]
    public void A_child_who_comes_on_the_day_of_the_closing_belongs_to_what_was_closed()
    {
        var story = Story.Begun().Record(Given.Child("eva", "2025-01-02")).Record(Given.Placed("eva", "2025-01-02")).On("2025-02-03")
            .Draft().Submit().Approve()
            .Record(Given.Closing("2025-02-03")).Record(Given.Home("eva", "2025-02-03"));
        Assert.Equal("2025-02-03", FormattableString.Invariant($"{Assert.Single(story.View.Periods).To:yyyy-MM-dd}"));
        Assert.Equal(DeadlineStatus.MetLate, story.Deadlines()["default.initial~child:dan~opening-o1~1"].Status);
    }

    [Fact]
    public void On_one_last_day_the_child_who_leaves_stays_longer_than_the_one_who_moves()
    {
        var story = Story.Begun().Record(Left("eva", "2025-02-03")).On("2025-02-03").Record(Given.Placed("dan", "2025-02-03"));
        Assert.Equal(Stage.AwaitingPlan, story.Stage);
        Assert.Equal(Stage.Closed, story.On("2025-02-04").Stage);
    }

    [Fact]
    public void A_last_day_and_a_first_day_known_ahead_close_nothing_today() =>
        Assert.Equal(Stage.AwaitingPlan, Story.Begun().Record(Left("dan", "2025-02-03")).Record(Given.Child("eva", "2025-02-10"))
            .On("2025-01-20").Stage);

    [Fact]
    public void A_version_in_effect_when_a_child_returns_meets_its_initial_plan_that_day_if_it_was_for_the_child()
    {
        var story = Story.Begun().Record(Given.Child("eva", "2025-01-02")).On("2025-01-06").Draft().Submit().Approve()
            .On("2025-02-03").Record(Given.Placed("eva", "2025-02-03")).On("2025-03-03").Record(Given.Home("eva", "2025-03-03"));
        var returned = story.Deadlines()["default.initial~child:eva~placement-h1~1"];
        Assert.Equal((DeadlineStatus.MetOnTime, Given.Day("2025-03-03")), (returned.Status, returned.Met!.On));
        Assert.Equal(DeadlineStatus.Upcoming, story.Record(Given.Child("fay", "2025-03-03"))
            .Deadlines()["default.initial~child:fay~participant-fay~1"].Status);
    }

    [Fact]
    public void The_version_in_effect_that_morning_counts_even_when_another_takes_its_place_that_day()
    {
        var story = Story.Begun().Record(Given.Child("eva", "2025-01-02")).On("2025-01-06").Draft().Submit().Approve()
            .On("2025-02-03").Record(Given.Placed("eva", "2025-02-03")).Update().Submit()
            .On("2025-03-03").Approve().Record(Given.Home("eva", "2025-03-03"));
        Assert.Equal(["dan"], story.View.InEffect!.FocusChildren);
        Assert.Equal(DeadlineStatus.MetOnTime, story.Deadlines()["default.initial~child:eva~placement-h1~1"].Status);
    }

    [Fact]
    public void Of_two_versions_on_one_day_the_later_number_is_in_effect_and_anchors_the_update()
    {
        var story = Story.InEffect().On("2025-02-03");
        while (story.Plan.Versions.Count < 8)
        {
            story.Update().Withdraw();
        }

        story.Update("2025-02-01").Submit().Approve().Update("2025-02-02").Submit().Approve();
        Assert.Equal(10, story.View.InEffect!.Number);
        Assert.Equal("default.update~plan:county-7.home~county-7.home.v10~1",
            Assert.Single(story.Deadlines().Values, each => each.Rule.Id == "default.update" && each.IsOpen).Occurrence);
    }

    [Fact]
    public void Of_ten_submissions_the_tenth_waits_for_its_own_answer()
    {
        var story = Story.Begun().On("2025-01-06").Draft();
        while (story.Version.Requests.Count < 9)
        {
            story.Submit().Return();
        }

        story.Submit();
        Assert.Equal("submission-county-7.home.v1.10",
            Assert.Single(story.Deadlines().Values, each => each.Rule.Id == "approval.decision" && each.IsOpen).Anchor.Fact);
    }

    private static Participant Left(string child, string last) => Given.Child(child, "2025-01-02") with { Until = Given.Day(last) };

    private static string[] Of(params Fact[] facts) =>
        [.. Memberships.Of(Given.CaseWith(facts))
            .Select(each => FormattableString.Invariant($"{each.Setting} {each.Begin.Fact} {each.From:yyyy-MM-dd} {each.To:yyyy-MM-dd} {each.End}").Replace("  ", " ", StringComparison.Ordinal))];

    private static string[] Periods(params Fact[] facts) =>
        [.. Memberships.Periods(Memberships.Of(Given.CaseWith([Given.Opened("2025-01-02"), .. facts])), Setting.AtHome)
            .Select(each => FormattableString.Invariant($"{each.From:yyyy-MM-dd} {each.To:yyyy-MM-dd}"))];
}
