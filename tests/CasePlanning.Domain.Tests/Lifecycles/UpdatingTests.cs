using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Tests.Lifecycles;

public sealed class UpdatingTests
{
    private static readonly ServiceObjective[] Four = [Given.Objective("4"), Given.Objective("5"), Given.Objective("6"),
        Given.Objective("7")];

    [Fact, Trait("Requirement", "CA-06")]
    public void CA_06_An_update_names_every_objective_without_progress()
    {
        var refusal = Update(Given.Progress(1, ("5", Met.InProgress), ("6", Met.Yes))).Refusal;
        Assert.Equal(["progress/4", "progress/7"], refusal!.Reasons.Select(reason => reason.Field));
        Assert.All(refusal.Reasons, reason => Assert.Equal("CA-06", reason.Rule));
        Assert.Contains("Objective 4", refusal.Reasons[0].Message);
        Assert.Equal(4, Update(null).Refusal!.Reasons.Count);
    }

    [Fact, Trait("Requirement", "CA-07")]
    public void CA_07_With_progress_on_every_objective_the_update_is_created()
    {
        var update = Update(Everything(Met.NotDeterminable)).Value.Version;
        Assert.Equal((2, VersionKind.Update, VersionStatus.Draft, 1), (update.Number, update.Kind, update.Status, update.CopiedFrom));
    }

    [Theory, Trait("Requirement", "CA-04")]
    [InlineData(Met.Yes)]
    [InlineData(Met.No)]
    [InlineData(Met.NotDeterminable)]
    [InlineData(Met.InProgress)]
    public void CA_04_Progress_is_one_of_four_answers_with_a_narrative(Met met)
    {
        var story = Story.InEffect();
        var recorded = Record(story, null, "4", met, "He goes every week.").Value.For("4")!;
        Assert.Equal((met, "He goes every week.", story.Today, "wanda"),
            (recorded.Met, recorded.Narrative, recorded.RecordedOn, recorded.RecordedBy));
        Record(story, null, "4", met, " ").Refusal.RefusedWith("CA-04");
    }

    [Fact, Trait("Requirement", "CA-04")]
    public void CA_04_What_was_recorded_before_stays_and_what_is_recorded_again_is_replaced()
    {
        var story = Story.InEffect();
        var first = Record(story, null, "4", Met.InProgress, "Begun.").Value;
        var second = Record(story, first, "5", Met.No, "Not yet.").Value;
        var third = Record(story, second, "4", Met.Yes, "Complete.").Value;
        Assert.Equal([("4", Met.Yes), ("5", Met.No)], third.Objectives.Select(each => (each.Objective, each.Met)));
        Assert.Equal([1, 2, 3], new[] { first.Revision, second.Revision, third.Revision });
    }

    [Fact, Trait("Requirement", "CA-05")]
    public void CA_05_Progress_can_be_recorded_while_a_version_is_in_effect_and_not_before()
    {
        Assert.Null(Record(Story.InEffect(), null, "4", Met.Yes, "Done.").Refusal);
        Assert.Null(Record(Story.InEffect().StartUpdate(), null, "4", Met.Yes, "Done.").Refusal);
        Assert.Null(Record(Story.InEffect().Update(), null, "4", Met.Yes, "Done.").Refusal);
        Assert.Null(Record(Story.InEffect().Update().Submit(), null, "4", Met.Yes, "Done.").Refusal);
        Assert.NotNull(Record(Story.Begun(), null, "4", Met.Yes, "Done.").Refusal);
        Record(Story.Begun().Draft(), null, "4", Met.Yes, "Done.").Refusal.RefusedWith("CA-02");
        Assert.IsType<Refusal.NotFound>(Record(Story.InEffect(), null, "no such", Met.Yes, "Done.").Refusal);
    }

    [Fact, Trait("Requirement", "CA-05")]
    public void CA_05_Recording_progress_begins_with_the_update_and_ends_with_its_draft_or_when_taken_back()
    {
        var story = Story.InEffect().StartUpdate();
        Assert.Equal(Stage.RecordingProgress, story.Stage);
        Assert.Equal(1, story.View.InEffect!.Number);
        Assert.Equal(Stage.InEffect, story.TakeBack().Stage);
        Assert.Equal(Stage.Draft, story.StartUpdate().Update().Stage);
        Assert.Equal(1, story.View.InEffect!.Number);
        Assert.Equal(Stage.InEffect, story.Withdraw().Stage);
    }

    [Fact, Trait("Requirement", "CA-11")]
    public void CA_11_What_is_copied_is_chosen()
    {
        var everything = Update(Everything(Met.No)).Value.Content;
        Assert.Equal((1, 1, 1, 4),
            (everything.Strengths.Count, everything.ContributingFactors.Count, everything.PlannedServices.Count,
            everything.ServiceObjectives.Count));

        var nothing = Update(Everything(Met.No), new CopyChoices
        {
            FamilyStrengths = false, ContributingFactors = false, PlannedServices = false, Appropriateness = false,
                Objectives = CopyObjectives.None,
        }).Value.Content;
        Assert.Equal((0, 0, 0, 0),
            (nothing.Strengths.Count, nothing.ContributingFactors.Count, nothing.PlannedServices.Count, nothing.ServiceObjectives.Count));
    }

    [Fact, Trait("Requirement", "CA-11")]
    public void CA_11_With_one_objective_met_copying_all_not_met_brings_the_other_three()
    {
        var progress = Given.Progress(1, ("4", Met.No), ("5", Met.InProgress), ("6", Met.Yes), ("7", Met.NotDeterminable));
        Assert.Equal(["4", "5", "7"], Update(progress, new CopyChoices { Objectives = CopyObjectives.AllNotMet })
            .Value.Content.ServiceObjectives.Select(each => each.Id));
    }

    [Fact, Trait("Requirement", "CA-12")]
    public void CA_12_From_an_initial_plan_the_appropriateness_description_stays_blank()
    {
        Assert.Equal("", Update(Everything(Met.No)).Value.Content.Appropriateness);

        var story = Story.InEffect().Update().Submit().Approve();
        var asked = new NewVersion { Kind = CreateKind.Update, PlanDate = story.Today };
        var content = Content(story.View.InEffect!);
        Assert.Equal("Because.", Lifecycle.Create(story.File, story.View, asked, story.View.InEffect, content, Everything(Met.No),
            Given.Worker(story.Today)).Value.Content.Appropriateness);
        var without = asked with { Copy = new CopyChoices { Appropriateness = false } };
        Assert.Equal("", Lifecycle.Create(story.File, story.View, without, story.View.InEffect, content, Everything(Met.No),
            Given.Worker(story.Today)).Value.Content.Appropriateness);
    }

    [Fact, Trait("Requirement", "CA-14")]
    public void CA_14_A_signature_on_the_version_before_is_prior_and_does_not_count()
    {
        var story = Story.InEffect().On("2025-02-03").Update();
        var copied = Update(Everything(Met.No)).Value.Content;
        var signature = Assert.Single(copied.Signatures);
        Assert.Equal((null, Given.Day("2025-01-06")), (signature.Signed, signature.PriorSigned));
        var refusal = story.TrySubmit(Given.Complete(story.Version) with { Signatures = copied.Signatures }).Refusal;
        Assert.Contains("2025-01-06", Assert.Single(refusal!.Reasons, reason => reason.Rule == "CA-14").Message);
        Assert.NotNull(story.TrySubmit(Given.Complete(story.Version) with { Signatures = [new Signature { Participant = "dan",
            Signed = Given.Day("2025-02-02") }] }).Refusal);
    }

    private static Result<(CasePlan Plan, PlanVersion Version, PlanContent Content)> Update(PlanProgress? progress,
        CopyChoices? copy = null)
    {
        var story = Story.InEffect();
        var asked = new NewVersion { Kind = CreateKind.Update, PlanDate = story.Today, Copy = copy ?? new CopyChoices() };
        return Lifecycle.Create(story.File, story.View, asked, story.View.InEffect, Content(story.View.InEffect!), progress,
            Given.Worker(story.Today));
    }

    private static Result<PlanProgress> Record(Story story, PlanProgress? before, string objective, Met met, string narrative) =>
        Lifecycle.RecordProgress(story.View, story.View.InEffect is { } version ? Content(version) : null, before, objective, met,
            narrative, Given.Worker(story.Today));

    private static PlanProgress Everything(Met met) => Given.Progress(1, [.. Four.Select(each => (each.Id, met))]);

    private static PlanContent Content(PlanVersion version) => Given.Complete(version) with
    {
        Appropriateness = "Because.",
        ServiceObjectives = Four,
        Strengths = [new PlanItem { Id = "s1", Participants = ["dan"], What = "They talk." }],
        ContributingFactors = [new ContributingFactor { Id = "f1", Participants = ["dan"], Factor = "domestic violence" }],
        PlannedServices = [new PlanItem { Id = "p1", Participants = ["dan"], What = "Tutoring" }],
    };
}
