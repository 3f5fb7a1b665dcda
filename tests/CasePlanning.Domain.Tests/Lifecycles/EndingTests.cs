using CasePlanning.Domain.Approval;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Tests.Lifecycles;

public sealed class EndingTests
{
    private static readonly Fact[] BeforeClosing =
    [
        Given.Assessed(AssessmentKind.RiskReassessment, "2025-02-01", "rr"),
        Given.Held(MeetingKind.SupervisorReview, "2025-02-01", "sr"),
        Given.Held(MeetingKind.ClosingMeeting, "2025-02-01", "cm"),
    ];

    [Fact, Trait("Requirement", "MN-15")]
    public void MN_15_Closing_needs_a_risk_reassessment_a_supervisors_review_a_closing_meeting_and_the_factors()
    {
        var story = Story.InEffect().On("2025-02-03");
        var bare = new PlanClosing { Source = "c1", On = story.Today, Plan = Given.HomePlan, Reason = "", GoalsMet = true };
        Assert.Equal(["MN-15", "MN-15", "MN-15", "MN-15", "MN-15", "MN-15", "MN-17"], ClosingReadiness.Of(story.File, story.View, bare)
            .Select(unmet => unmet.Rule).Order());
        Assert.Empty(ClosingReadiness.Of(With(story, BeforeClosing).File, story.View, Given.Closing("2025-02-03")));
    }

    [Theory, Trait("Requirement", "MN-15")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void MN_15_Each_of_them_is_missed_by_itself_and_one_held_after_the_closing_comes_too_late(int missing)
    {
        var story = With(Story.InEffect().On("2025-02-03"), [.. BeforeClosing.Where((_, index) => index != missing)]);
        Assert.Equal("MN-15", Assert.Single(ClosingReadiness.Of(story.File, story.View, Given.Closing("2025-02-03"))).Rule);
        story.Record(BeforeClosing[missing] with { On = Given.Day("2025-02-04") });
        Assert.Single(ClosingReadiness.Of(story.File, story.View, Given.Closing("2025-02-03")));
        story.Record(BeforeClosing[missing] with { Withdrawn = "another case" });
        Assert.Single(ClosingReadiness.Of(story.File, story.View, Given.Closing("2025-02-05")));
    }

    [Fact, Trait("Requirement", "MN-15")]
    public void MN_15_What_was_held_before_a_reopening_does_not_count_for_the_next_closing()
    {
        var story = With(Story.InEffect().On("2025-02-03"), BeforeClosing).Record(Given.Closing("2025-02-03")).On("2025-03-03")
            .Record(Given.Reopening("2025-03-03"));
        Assert.Equal(3, ClosingReadiness.Of(story.File, story.View, Given.Closing("2025-03-10", "c2")).Count);
    }

    [Fact, Trait("Requirement", "MN-16")]
    public void MN_16_With_goals_not_met_the_attorney_is_consulted_first_and_on_record()
    {
        var story = With(Story.InEffect().On("2025-02-03"), BeforeClosing);
        var unmet = Given.Closing("2025-02-03") with { GoalsMet = false };
        Assert.Equal("MN-16", Assert.Single(ClosingReadiness.Of(story.File, story.View, unmet)).Rule);
        story.Record(Given.Held(MeetingKind.AttorneyConsultation, "2025-02-04", "at"));
        Assert.Single(ClosingReadiness.Of(story.File, story.View, unmet));
        story.Record(Given.Held(MeetingKind.AttorneyConsultation, "2025-02-02", "at"));
        Assert.Empty(ClosingReadiness.Of(story.File, story.View, unmet));
    }

    [Fact]
    public void Closing_a_plan_withdraws_what_is_pending_and_ends_its_clocks()
    {
        var story = Story.InEffect().On("2025-02-03").Update().Submit().On("2025-02-05").Record(Given.Closing("2025-02-05"));
        Assert.Equal((VersionStatus.Withdrawn, ApprovalAnswer.Withdrawn, "system", story.Today),
            (story.Version.Status, story.Version.Requests[0].Answer!.Value, story.Version.Requests[0].AnsweredBy, story.Version.Requests[0]
                .AnsweredOn!.Value));
        Assert.All(story.Deadlines().Values, deadline => Assert.False(deadline.IsOpen));
    }

    [Fact]
    public void A_move_ends_the_plan_of_the_last_child_and_takes_its_draft_and_its_started_update_along()
    {
        var drafted = Story.Begun().Draft().On("2025-01-20").Record(Given.Placed("dan", "2025-01-20"));
        Assert.Equal(VersionStatus.Withdrawn, drafted.Version.Status);
        Assert.Empty(drafted.Version.Requests);
        Assert.Null(Story.InEffect().StartUpdate().On("2025-01-20").Record(Given.Placed("dan", "2025-01-20")).Plan.UpdateStarted);
    }

    [Fact]
    public void A_draft_outlives_the_move_of_one_child_while_another_stays()
    {
        var story = Story.Begun().Record(Given.Child("eva", "2025-01-02")).Draft().On("2025-01-20")
            .Record(Given.Placed("dan", "2025-01-20"));
        Assert.Equal(Stage.Draft, story.Stage);
        story.TrySubmit().Refusal.RefusedWith("MN-03");
        Assert.Null(story.Keep(story.TrySave("2025-01-02", null, "eva")).TrySubmit().Refusal);
    }

    [Fact]
    public void A_child_who_leaves_is_planned_for_through_the_last_day_and_then_the_plan_asks_to_be_looked_at()
    {
        var story = Story.Begun().On("2025-01-08").Draft().Submit()
            .Record(Given.Child("dan", "2025-01-02") with { Until = Given.Day("2025-01-09") }).On("2025-01-09");
        Assert.Equal(Stage.PendingApproval, story.Stage);
        var wakes = Agenda.For(story.File, story.Plans, story.Rules, Marks.None, Given.Worker(story.Today).Now).NextWakes;
        Assert.Equal(Given.Instant("2025-01-10 15:00Z"),
            wakes.Single(wake => wake.Owner == $"plan:{Given.HomePlan}").At); // the first reminder of anything would be on the 13th
        story.On("2025-01-10");
        Assert.Equal((Stage.Closed, VersionStatus.Withdrawn, "no focus child is left on the case"),
            (story.Stage, story.Version.Status, story.View.ClosedBecause));
    }

    [Fact]
    public void What_was_begun_before_an_end_nobody_saw_is_withdrawn_when_the_plan_has_begun_again()
    {
        var story = Story.Begun().Draft().Record(Given.Child("dan", "2025-01-02") with { Until = Given.Day("2025-01-06") });
        var unseen = PlanDuties.Reconcile(story.File.With(Given.Child("eva", "2025-01-20")), story.Plans, "system",
            Given.Worker(Given.Day("2025-01-20")).Now, Given.Day("2025-01-20"));
        Assert.Equal(VersionStatus.Withdrawn, unseen.Single().Versions.Single().Status);
    }

    [Fact]
    public void Plans_in_step_stay_as_they_are()
    {
        var story = Story.InEffect();
        var again = PlanDuties.Reconcile(story.File, story.Plans, "system", Given.Worker(story.Today).Now, story.Today);
        Assert.Same(story.Plans[0], again[0]);
    }

    [Fact]
    public void A_rescinded_approval_brings_the_version_before_into_effect_again()
    {
        var story = Story.InEffect().On("2025-02-03").Update().Submit().Approve().On("2025-02-05").Rescind();
        Assert.Equal([VersionStatus.InEffect, VersionStatus.Rescinded], story.Plan.Versions.Select(version => version.Status));
        Assert.Equal((Stage.InEffect, 1), (story.Stage, story.View.InEffect!.Number));
        Assert.Equal(DeadlineStatus.Upcoming, story.Deadlines()["default.update~plan:county-7.home~county-7.home.v1~1"].Status);
        Assert.Equal(Stage.AwaitingPlan, story.Rescind().Stage);
        Assert.Equal(3, story.Draft().Version.Number);
    }

    [Fact]
    public void Rescinding_needs_a_reason_and_is_about_the_version_in_effect()
    {
        var story = Story.InEffect().On("2025-02-03").Update().Submit().Approve();
        Assert.IsType<Refusal.Invalid>(Lifecycle.Rescind(story.View, story.Version, " ").Refusal);
        Assert.IsType<Refusal.WrongStage>(Lifecycle.Rescind(story.View, story.Plan.Versions[0], "in error").Refusal);
    }

    [Fact]
    public void A_correction_that_brings_an_earlier_version_back_gives_it_its_status_again()
    {
        var story = Story.InEffect().On("2025-02-03").Record(Given.Closing("2025-02-03")).On("2025-03-03")
            .Record(Given.Reopening("2025-03-03")).Draft().Submit().Approve().Rescind();
        Assert.Equal(Stage.AwaitingPlan, story.Stage);
        story.Record(Given.Closing("2025-02-03") with { Withdrawn = "another plan" });
        Assert.Equal((Stage.InEffect, 1, VersionStatus.InEffect), (story.Stage, story.View.InEffect!.Number, story.View.InEffect.Status));
        Assert.Equal(Stage.AwaitingPlan, story.Rescind().Stage);
    }

    private static Story With(Story story, Fact[] facts) => facts.Aggregate(story, (each, fact) => each.Record(fact));
}
