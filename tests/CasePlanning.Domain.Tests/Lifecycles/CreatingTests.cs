using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Tests.Lifecycles;

public sealed class CreatingTests
{
    [Fact, Trait("Requirement", "WI-01")]
    public void WI_01_The_fact_that_creates_the_duty_creates_the_plan_and_its_clock_with_nobody_assigned()
    {
        var file = Given.CaseWith(Given.Opened("2025-01-02"), Given.Child("dan", "2025-01-02"))
            .With(Given.Assigned("wanda", "2000-01-01") with { Withdrawn = "never hers" });
        var story = new Story(file, "2025-01-02");
        Assert.Equal(Stage.AwaitingPlan, story.Stage);
        Assert.Equal(Given.HomePlan, Assert.Single(story.Plans).Id);
        Assert.Single(story.Deadlines());
    }

    [Fact, Trait("Requirement", "WI-01")]
    public void WI_01_Creating_a_version_needs_an_assignment_to_the_case()
    {
        Story.Begun().TryDraft(by: "somebody").Refusal.RefusedWith("WI-01");
        var helped = Story.Begun().Record(Given.Assigned("helper", "2025-01-02") with { Primary = false });
        Assert.Null(helped.TryDraft(by: "helper").Refusal);
    }

    [Fact, Trait("Requirement", "WI-01")]
    public void WI_01_An_assignment_counts_while_it_lasts_and_the_latest_primary_one_is_the_workers()
    {
        var story = Story.Begun().Record(Given.Assigned("wilma", "2025-02-01")).On("2025-01-31");
        Assert.Null(story.TryDraft().Refusal);
        story.TryDraft(by: "wilma").Refusal.RefusedWith("WI-01");
        story.On("2025-02-01").TryDraft().Refusal.RefusedWith("WI-01");
        Assert.Null(story.TryDraft(by: "wilma").Refusal);
    }

    [Fact, Trait("Requirement", "WI-01")]
    public void WI_01_Who_stands_in_for_the_worker_may_write()
    {
        var story = Story.Begun();
        var cover = Given.By("carla", story.Today) with { StandsInFor = ["wanda"] };
        Assert.Null(Lifecycle.Create(story.File, story.View, Asked(story.Today), null, null, null, cover).Refusal);
    }

    [Fact, Trait("Requirement", "WI-02")]
    public void WI_02_A_plan_covers_several_children_or_chosen_ones_and_at_least_one()
    {
        var story = Story.Begun().Record(Given.Child("eva", "2025-01-02"));
        Assert.Equal(["dan", "eva"], Create(story, Asked(story.Today)).Value.Version.FocusChildren.Order());
        Assert.Equal(["eva"], Create(story, Asked(story.Today) with { FocusChildren = ["eva"] }).Value.Version.FocusChildren);
        Create(story, Asked(story.Today) with { FocusChildren = [] }).Refusal.RefusedWith("WI-02");
    }

    [Fact, Trait("Requirement", "WI-02")]
    public void WI_02_A_child_is_added_to_the_draft_later()
    {
        var story = Story.Begun().On("2025-01-06").Draft().Record(Given.Child("eva", "2025-01-06"));
        Assert.Equal(["dan", "eva"], story.Keep(story.TrySave("2025-01-06", null, "dan", "eva")).Version.FocusChildren);
    }

    [Fact, Trait("Requirement", "WI-03")]
    public void WI_03_A_plan_of_the_case_is_copied_or_a_new_one_begun()
    {
        var story = Story.Begun();
        var source = Story.InEffect().Version;
        var content = Given.Complete(source) with { Strengths = [new PlanItem { Id = "s1", Participants = ["dan"], What = "Talks." }] };
        var copied = Lifecycle.Create(story.File, story.View, Asked(story.Today) with { Kind = CreateKind.Copy }, source, content, null,
            Given.Worker(story.Today)).Value;
        Assert.Equal(1, copied.Version.CopiedFrom);
        Assert.Single(copied.Content.Strengths);

        var begun = Create(story, Asked(story.Today)).Value;
        Assert.Null(begun.Version.CopiedFrom);
        Assert.Empty(begun.Content.Strengths);
    }

    [Fact, Trait("Requirement", "WI-04")]
    public void WI_04_A_childs_person_type_is_required()
    {
        var untyped = new Story(Given.CaseWith(Given.Opened("2025-01-02"), Given.Child("dan", "2025-01-02", type: null)), "2025-01-02");
        untyped.TryDraft().Refusal.RefusedWith("WI-04");
        Assert.Null(untyped.Record(Given.Child("dan", "2025-01-02")).TryDraft().Refusal);
    }

    [Fact, Trait("Requirement", "MN-03")]
    public void MN_03_Siblings_who_are_split_get_a_plan_each_with_separate_clocks()
    {
        var file = Given.CaseWith(Given.Opened("2025-01-02"), Given.Child("dan", "2025-01-02"), Given.Child("eva", "2025-01-02"),
            Given.Placed("eva", "2025-01-20"));
        var story = new Story(file, "2025-01-20");
        Assert.Equal([(Setting.AtHome, Given.HomePlan), (Setting.OutOfHome, Given.PlacedPlan)],
            story.Plans.Select(plan => (plan.Setting, plan.Id)));
        Assert.Equal(["dan"], PlanView.Of(file, story.Plans[0], story.Today).FocusChildren(story.Today));
        Assert.Equal(["eva"], PlanView.Of(file, story.Plans[1], story.Today).FocusChildren(story.Today));
        Assert.Equal(Given.Day("2025-02-01"), story.Deadlines()["default.initial~child:dan~opening-o1~1"].Due);
        Assert.Equal(Given.Day("2025-02-19"), story.Deadlines()["default.initial~child:eva~placement-p1~1"].Due);
    }

    [Fact, Trait("Requirement", "MN-03")]
    public void MN_03_A_version_is_for_the_children_in_its_setting()
    {
        var story = Story.Begun().Record(Given.Child("eva", "2025-01-02")).Record(Given.Placed("eva", "2025-01-02"));
        Create(story, Asked(story.Today) with { FocusChildren = ["dan", "eva"] }).Refusal.RefusedWith("MN-03");
    }

    [Fact, Trait("Requirement", "MN-03")]
    public void MN_03_A_plan_left_without_children_ends_with_that_reason()
    {
        var story = Story.Begun().On("2025-01-20").Record(Given.Placed("dan", "2025-01-20"));
        Assert.Equal(Stage.Closed, story.Stage);
        Assert.Equal("no focus child is left in this setting", story.View.ClosedBecause);
    }

    [Fact, Trait("Requirement", "CA-10")]
    public void CA_10_The_end_date_is_six_months_after_the_plan_date_and_can_be_edited()
    {
        var story = Story.Begun();
        var martinez = Create(story, Asked(Given.Day("2006-01-06"))).Value.Version;
        Assert.Equal((Given.Day("2006-07-06"), false), (martinez.EndDate, martinez.EndDateEdited));

        var edited = Create(story, Asked(Given.Day("2006-01-06")) with { EndDate = Given.Day("2006-07-07") }).Value.Version;
        Assert.Equal((Given.Day("2006-07-07"), true), (edited.EndDate, edited.EndDateEdited));

        Create(story, Asked(Given.Day("2006-01-06")) with { EndDate = Given.Day("2006-01-06") }).Refusal.RefusedWith("CA-10");
    }

    [Fact, Trait("Requirement", "CA-10")]
    public void CA_10_An_end_date_that_was_not_edited_follows_the_plan_date_of_the_draft()
    {
        var story = Story.Begun().Draft("2025-08-31");
        Assert.Equal(Given.Day("2026-02-28"), story.Version.EndDate);
        Assert.Equal(Given.Day("2025-09-30"), story.Keep(story.TrySave("2025-03-31")).Version.EndDate);
        Assert.True(story.Keep(story.TrySave("2025-03-31", "2025-09-01")).Version.EndDateEdited);
    }

    [Fact, Trait("Requirement", "CA-02")]
    public void CA_02_An_update_needs_an_approved_plan_before_it()
    {
        Story.Begun().TryDraft(kind: CreateKind.Update).Refusal.RefusedWith("CA-02");
        Lifecycle.StartUpdate(Story.Begun().View, Given.Day("2025-01-02")).Refusal.RefusedWith("CA-02");
        Assert.NotNull(Story.Begun().Draft().TryDraft(kind: CreateKind.Update).Refusal);
        Assert.NotNull(Story.Begun().Draft().Submit().TryDraft(kind: CreateKind.Update).Refusal);
        Assert.Null(Story.InEffect().TryDraft(kind: CreateKind.Update).Refusal);
    }

    [Fact, Trait("Requirement", "CA-02")]
    public void CA_02_A_rescinded_approval_is_no_plan_to_update()
    {
        Story.InEffect().Rescind().TryDraft(kind: CreateKind.Update).Refusal.RefusedWith("CA-02");
        Story.InEffect().TryDraft(kind: CreateKind.Initial).Refusal.RefusedWith("CA-02");
    }

    private static NewVersion Asked(DateOnly planDate) => new() { Kind = CreateKind.Initial, PlanDate = planDate };

    private static Result<(CasePlan Plan, PlanVersion Version, PlanContent Content)> Create(Story story, NewVersion asked) =>
        Lifecycle.Create(story.File, story.View, asked, null, null, null, Given.Worker(story.Today));
}
