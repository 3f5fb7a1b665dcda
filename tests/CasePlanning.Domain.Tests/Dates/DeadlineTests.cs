using System.Globalization;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Domain.Tests.Dates;

/// <summary>Dates of the default pack and the approval clock, each with its count by hand.</summary>
public sealed class DeadlineTests
{
    private const string Initial = "default.initial~child:dan~opening-o1~1";
    private const string FirstUpdate = "default.update~plan:county-7.home~county-7.home.v1~1";
    private const string FirstReview = "default.review~plan:county-7.home~county-7.home.v1~1";

    [Theory]
    [InlineData("2025-01-31", "2025-03-02")] // 28 days to 28 February, 2 more
    [InlineData("2024-01-31", "2024-03-01")] // 29 days to 29 February, 1 more
    [InlineData("2024-01-30", "2024-02-29")] // 1 day to 31 January, 29 more
    [InlineData("2023-12-02", "2024-01-01")] // 29 days to 31 December, 1 more: a holiday, and it doesn't roll
    [InlineData("2025-02-07", "2025-03-09")] // 21 days to 28 February, 9 more: the Sunday on which clocks go forward
    public void The_initial_plan_is_due_thirty_days_after_the_opening(string opened, string due)
    {
        var story = new Story(Given.CaseWith(Given.Opened(opened), Given.Child("dan", "2020-01-01")), opened);
        Is(story.Deadlines()[Initial], due, DeadlineStatus.Upcoming);
    }

    [Theory]
    [InlineData("2025-08-31", "2026-02-28")] // February has no 31st
    [InlineData("2023-08-30", "2024-02-29")] // nor a 30th, in a leap year either
    [InlineData("2024-02-29", "2024-08-29")]
    [InlineData("2025-12-31", "2026-06-30")]
    [InlineData("2006-01-06", "2006-07-06")] // the Martinez update
    public void The_update_is_due_six_months_after_the_plan_date(string planDate, string due)
    {
        var story = Approved(planDate, Given.Day(planDate).AddDays(3));
        Assert.Equal(Given.Day(due), story.Deadlines()[FirstUpdate].Due);
    }

    [Theory]
    [InlineData("2024-12-01", "2025-03-01")] // 30 + 31 + 28 + 1
    [InlineData("2023-12-01", "2024-02-29")] // 30 + 31 + 29
    [InlineData("2025-01-01", "2025-04-01")] // 30 + 28 + 31 + 1
    public void The_review_is_due_ninety_days_after_the_plan_took_effect(string effective, string due)
    {
        var story = Approved("2020-06-01", Given.Day(effective));
        Assert.Equal(Given.Day(due), story.Deadlines()[FirstReview].Due);
    }

    [Fact]
    public void A_review_starts_the_count_again_and_a_new_version_does_not()
    {
        var story = Story.InEffect().On("2025-03-01").Record(Given.Review("2025-03-01")).Update().Submit().On("2025-03-03").Approve();
        Is(story.Deadlines()[FirstReview], "2025-04-10", DeadlineStatus.MetOnTime);
        Is(story.Deadlines()["default.review~plan:county-7.home~review-r1~1"], "2025-05-30", DeadlineStatus.Upcoming);
        Assert.Equal(2, story.Deadlines().Keys.Count(name => name.StartsWith("default.review", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_update_is_met_on_the_day_the_next_version_takes_effect_and_counted_from_its_plan_date()
    {
        var story = Story.InEffect().On("2025-07-05").Update("2025-07-01").Submit().On("2025-07-09").Approve();
        Is(story.Deadlines()[FirstUpdate], "2025-07-06", DeadlineStatus.MetLate);
        Assert.Equal(Given.Day("2025-07-09"), story.Deadlines()[FirstUpdate].Met!.On);
        Is(story.Deadlines()["default.update~plan:county-7.home~county-7.home.v2~1"], "2026-01-01", DeadlineStatus.Upcoming);
    }

    [Theory]
    [InlineData("2025-11-24", "2025-12-01")] // Tue 25, Wed 26, Fri 28, Mon 1: Thursday 27 is off
    [InlineData("2025-11-22", "2025-11-28")] // Mon 24, Tue 25, Wed 26, Fri 28
    [InlineData("2025-12-24", "2025-12-31")] // Fri 26, Mon 29, Tue 30, Wed 31: Christmas is off
    public void A_decision_is_due_so_many_working_days_after_the_submission(string submitted, string due)
    {
        var rules = RuleBook.For(Given.Agency("America/Los_Angeles", "07:00", "2025-11-27", "2025-12-25") with { ApprovalWorkingDays = 4 });
        var story = new Story(Given.CaseWith(Given.Opened("2025-11-03"), Given.Child("dan", "2025-11-03")),
            submitted) { Rules = rules }.Draft().Submit();
        Assert.Equal(Given.Day(due), story.Deadlines()["approval.decision~version:county-7.home.v1~submission-county-7.home.v1.1~1"].Due);
    }

    [Fact]
    public void Each_submission_has_a_clock_of_its_own()
    {
        var story = Story.Begun().On("2025-01-06").Draft().Submit().On("2025-01-14").Return().Submit().Recall().Submit();
        var decisions = story.Deadlines().Values.Where(deadline => deadline.Rule.Id == "approval.decision")
            .OrderBy(deadline => deadline.Occurrence).Select(deadline => deadline.Status);
        Assert.Equal([DeadlineStatus.MetLate, DeadlineStatus.Ended, DeadlineStatus.Upcoming], decisions);
    }

    [Theory]
    [InlineData("2025-01-16", DeadlineStatus.Upcoming)]
    // The first step, 14 days before Saturday 1 February, is Saturday the 18th, moved back to Friday
    [InlineData("2025-01-17", DeadlineStatus.DueSoon)]
    [InlineData("2025-01-31", DeadlineStatus.DueSoon)]
    [InlineData("2025-02-01", DeadlineStatus.Due)]
    [InlineData("2025-02-02", DeadlineStatus.Overdue)]
    public void The_status_of_an_open_deadline_follows_the_day(string today, DeadlineStatus expected) =>
        Is(Story.Begun().On(today).Deadlines()[Initial], "2025-02-01", expected);

    [Fact]
    public void An_act_entered_late_meets_by_its_own_date_and_is_flagged()
    {
        var review = Given.Review("2025-04-01") with { RecordedOn = Given.Day("2025-05-01") };
        var deadline = Story.InEffect().On("2025-05-01").Record(review).Deadlines()[FirstReview];
        Is(deadline, "2025-04-10", DeadlineStatus.MetOnTime);
        Assert.True(deadline.LateEntry);
    }

    [Fact]
    public void Nothing_dated_after_today_counts() =>
        Is(Story.InEffect().Record(Given.Review("2025-01-11")).Deadlines()[FirstReview], "2025-04-10", DeadlineStatus.Upcoming);

    [Fact]
    public void Nothing_dated_after_today_counts_for_a_child_whose_last_day_is_known() =>
        Is(Story.InEffect().Record(Given.Child("dan", "2025-01-02") with { Until = Given.Day("2025-12-31") })
            .Record(Given.Review("2025-01-11")).Deadlines()[FirstReview], "2025-04-10", DeadlineStatus.Upcoming);

    [Fact]
    public void A_placed_child_counts_from_the_placement_and_moves_change_nothing()
    {
        var file = Given.CaseWith(
            Given.Opened("2025-01-02"), Given.Child("dan", "2025-01-02"), Given.Placed("dan", "2025-02-10"),
                Given.Placed("dan", "2025-02-20", "p2") with { Setting = PlacementSetting.TrialHome });
        var deadlines = new Story(file, "2025-02-25").Deadlines();
        Is(deadlines[Initial], "2025-02-01", DeadlineStatus.Ended);
        Is(deadlines["default.initial~child:dan~placement-p1~1"], "2025-03-12", DeadlineStatus.Upcoming);
        Assert.Equal(2, deadlines.Count);
    }

    [Fact]
    public void A_closing_ends_what_is_open_and_a_reopening_counts_anew()
    {
        var story = Story.InEffect().On("2025-02-03").Record(Given.Closing("2025-02-03")).On("2025-03-03")
            .Record(Given.Reopening("2025-03-03"));
        Is(story.Deadlines()[FirstReview], "2025-04-10", DeadlineStatus.Ended);
        Is(story.Deadlines()["default.initial~child:dan~reopening-ro1~1"], "2025-04-02", DeadlineStatus.Upcoming);
    }

    private static Story Approved(string planDate, DateOnly on) =>
        new Story(Given.CaseWith(Given.Opened("2000-01-03"), Given.Child("dan", "2000-01-03")),
            on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Draft(planDate).Submit().Approve();

    private static void Is(Deadline deadline, string due, DeadlineStatus status) =>
        Assert.Equal((Given.Day(due), status), (deadline.Due, deadline.Status));
}
