using CasePlanning.Domain.Approval;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Tests.Lifecycles;

public sealed class ApprovalTests
{
    [Fact, Trait("Requirement", "CA-25")]
    public void CA_25_Every_unmet_rule_is_returned_at_once_with_a_sentence_a_field_and_its_source()
    {
        var file = Given.CaseWith(Given.Opened("2025-01-02"), Given.Child("dan", "2025-01-02", PersonType.Cps),
            Given.Parent("rosa", "2025-01-02"));
        var story = new Story(file, "2025-01-06").Draft();
        var refusal = Assert.IsType<Refusal.NotReady>(story.TrySubmit(new PlanContent { Plan = Given.HomePlan, Version = 1 }).Refusal);
        Assert.Equal(["CA-14", "CA-14", "MN-04", "MN-04", "MN-04", "MN-04", "MN-04", "MN-04", "MN-04", "MN-04", "MN-04", "MN-04", "WI-11"],
            refusal.Reasons.Select(reason => reason.Rule).Order());
        Assert.All(refusal.Reasons, reason =>
        {
            Assert.EndsWith(".", reason.Message);
            Assert.NotNull(reason.Field);
            Assert.NotNull(reason.Source);
        });
        Assert.Equal(refusal.Reasons.Count, refusal.Reasons.Distinct().Count());
    }

    [Fact, Trait("Requirement", "CA-25")]
    public void CA_25_A_draft_is_refused_with_all_its_faults_at_once()
    {
        var story = Story.Begun();
        var asked = new NewVersion { Kind = CreateKind.Initial, PlanDate = story.Today, EndDate = story.Today, FocusChildren = ["nobody"],
            Participants = ["nobody either"] };
        var refusal = Lifecycle.Create(story.File, story.View, asked, null, null, null, Given.By("somebody", story.Today)).Refusal;
        Assert.Equal(["CA-09", "CA-10", "MN-03", "WI-01"], refusal!.Reasons.Select(reason => reason.Rule).Order());
    }

    [Fact, Trait("Requirement", "CA-26")]
    public void CA_26_A_supervisor_approves_and_the_version_takes_effect_that_day()
    {
        var story = Story.Begun().On("2025-01-06").Draft().Submit();
        Assert.Equal(Stage.PendingApproval, story.Stage);
        story.On("2025-01-10").Approve();
        Assert.Equal((Stage.InEffect, VersionStatus.InEffect, Given.Day("2025-01-10")),
            (story.Stage, story.Version.Status, story.Version.EffectiveOn));
        Assert.Equal(1, story.View.InEffect!.Number);
    }

    [Fact, Trait("Requirement", "CA-26")]
    public void CA_26_It_supersedes_the_one_before_which_is_in_effect_until_then()
    {
        var story = Story.InEffect().On("2025-06-02").Update().Submit();
        Assert.Equal(1, story.View.InEffect!.Number);
        story.On("2025-06-03").Approve();
        Assert.Equal([VersionStatus.Superseded, VersionStatus.InEffect], story.Plan.Versions.Select(version => version.Status));
        Assert.Equal(2, story.View.InEffect!.Number);
    }

    [Fact, Trait("Requirement", "CA-26")]
    public void CA_26_Nobody_approves_their_own_plan_unless_the_agency_allows_it()
    {
        var story = Story.Begun().Draft().Submit();
        Assert.IsType<Refusal.Forbidden>(story.TryApprove(by: "wanda").Refusal);
        Assert.Null(story.TryApprove(by: "sara").Refusal);
        Assert.Null(story.TryApprove(by: "wanda", ownApproval: true).Refusal);
    }

    [Fact, Trait("Requirement", "CA-26")]
    public void CA_26_What_came_undone_since_the_submission_blocks_the_approval()
    {
        var story = Story.Begun().Record(Given.Child("eva", "2025-01-02")).On("2025-01-06").Draft().Submit().On("2025-01-08")
            .Record(Given.Placed("eva", "2025-01-08"));
        story.TryApprove().Refusal.RefusedWith("MN-03");
    }

    [Fact, Trait("Requirement", "WI-06")]
    public void WI_06_The_plan_date_of_a_draft_may_lie_ahead_and_it_may_be_submitted()
    {
        var story = Story.Begun().Draft("2025-03-01");
        Assert.Equal(Given.Day("2025-03-01"), story.Version.PlanDate);
        Assert.Null(story.TrySubmit().Refusal);
    }

    [Fact, Trait("Requirement", "WI-07")]
    public void WI_07_A_plan_date_in_the_future_blocks_approval_until_that_day()
    {
        var story = Story.Begun().Draft("2025-03-01").Submit().On("2025-02-28");
        story.TryApprove().Refusal.RefusedWith("WI-07");
        Assert.Null(story.On("2025-03-01").TryApprove().Refusal);
    }

    [Fact, Trait("Requirement", "WI-07")]
    public void WI_07_On_approval_the_plan_date_can_be_set_to_that_day_and_an_end_that_was_not_edited_moves_with_it()
    {
        var story = Story.Begun().Draft("2025-03-31").Submit().On("2025-02-28");
        var dated = story.TryApprove(planDateToToday: true).Value.Versions.Single();
        Assert.Equal((Given.Day("2025-02-28"), Given.Day("2025-08-28")), (dated.PlanDate, dated.EndDate));

        var edited = Story.Begun().Draft("2025-03-31");
        edited.Keep(edited.TrySave("2025-03-31", "2025-12-24")).Submit().On("2025-02-28");
        var kept = edited.TryApprove(planDateToToday: true).Value.Versions.Single();
        Assert.Equal((Given.Day("2025-02-28"), Given.Day("2025-12-24")), (kept.PlanDate, kept.EndDate));
    }

    [Fact, Trait("Requirement", "WI-07")]
    public void WI_07_A_plan_date_in_the_past_stays_when_the_day_of_approval_is_asked_for()
    {
        var story = Story.Begun().On("2025-01-06").Draft().Submit().On("2025-01-10");
        Assert.Equal(Given.Day("2025-01-06"), story.TryApprove(planDateToToday: true).Value.Versions.Single().PlanDate);
    }

    [Fact, Trait("Requirement", "WI-07")]
    public void WI_07_A_plan_date_before_that_of_the_version_in_effect_is_refused()
    {
        Story.InEffect().TryDraft("2025-01-05", CreateKind.Update).Refusal.RefusedWith("WI-07");
        Story.InEffect().Update("2025-01-06").TrySave("2025-01-05").Refusal.RefusedWith("WI-07");
        Assert.Null(Story.InEffect().TryDraft("2025-01-06", CreateKind.Update).Refusal);
    }

    [Fact, Trait("Requirement", "WI-11")]
    public void WI_11_For_person_type_CPS_approval_needs_an_associated_safety_assessment()
    {
        var file = Given.CaseWith(Given.Opened("2025-01-02"), Given.Child("dan", "2025-01-02", PersonType.Cps),
            Given.Assessed(AssessmentKind.Safety, "2025-01-03", "s1"), Given.Assessed(AssessmentKind.Cans, "2025-01-03", "k1"));
        var story = new Story(file, "2025-01-06").Draft();
        var complete = Given.Complete(story.Version);
        story.TrySubmit(complete).Refusal.RefusedWith("WI-11");
        story.TrySubmit(complete with { Safety = new SafetySection { Assessment = "k1" } }).Refusal.RefusedWith("WI-11");
        story.TrySubmit(complete with { Safety = new SafetySection { Assessment = "no such" } }).Refusal.RefusedWith("WI-11");
        Assert.Null(story.TrySubmit(complete with { Safety = new SafetySection { Assessment = "s1" } }).Refusal);
        story.Record(Given.Assessed(AssessmentKind.Safety, "2025-01-03", "s1") with { Withdrawn = "another family" })
            .TrySubmit(complete with { Safety = new SafetySection { Assessment = "s1" } }).Refusal.RefusedWith("WI-11");
    }

    [Fact, Trait("Requirement", "WI-21")]
    public void WI_21_Requests_returns_recalls_and_approvals_are_kept_with_who_when_and_comments()
    {
        var story = Story.Begun().On("2025-01-06").Draft().Submit().On("2025-01-07").Return().On("2025-01-08").Submit().Recall().Submit()
            .On("2025-01-10").Approve();
        var requests = story.Version.Requests;
        Assert.Equal(["county-7.home.v1.1", "county-7.home.v1.2", "county-7.home.v1.3"], requests.Select(request => request.Id));
        Assert.Equal([ApprovalAnswer.Returned, ApprovalAnswer.Recalled, ApprovalAnswer.Approved],
            requests.Select(request => request.Answer!.Value));
        Assert.Equal(["sara", "wanda", "sara"], requests.Select(request => request.AnsweredBy));
        Assert.Equal(["Say more.", null, "Good work."], requests.Select(request => request.AnswerComments));
        Assert.Equal([Given.Day("2025-01-07"), Given.Day("2025-01-08"), Given.Day("2025-01-10")],
            requests.Select(request => request.AnsweredOn!.Value));
        Assert.All(requests, request => Assert.Equal("wanda", request.SubmittedBy));
        Assert.Equal(Given.Supervisor(Given.Day("2025-01-10")).Now, requests[2].AnsweredAt);
    }

    [Theory, Trait("Requirement", "WI-21")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void WI_21_Returning_needs_comments(string? comments)
    {
        var story = Story.Begun().Draft().Submit();
        Lifecycle.Return(story.View, story.Version, comments, Given.Supervisor(story.Today)).Refusal.RefusedWith("WI-21");
        Assert.Equal(Stage.PendingApproval, story.Stage);
        Assert.Equal(Stage.Draft, story.Return().Stage);
    }

    [Fact, Trait("Requirement", "WI-21")]
    public void WI_21_A_version_is_frozen_when_submitted_and_thaws_when_it_comes_back()
    {
        var story = Story.Begun().On("2025-01-06").Draft().Submit();
        Assert.NotNull(story.TrySave("2025-01-05").Refusal);
        Assert.Null(story.Return().TrySave("2025-01-05").Refusal);
        Assert.NotNull(story.Submit().On("2025-01-10").Approve().TrySave("2025-01-05").Refusal);

        var superseded = story.Version;
        story.Update();
        Assert.NotNull(Lifecycle.SaveDraft(story.File, story.View, superseded, new DraftHead(story.Today, null, ["dan"], []),
            Given.Worker(story.Today)).Refusal);
        Assert.NotNull(Lifecycle.WithdrawDraft(story.View, superseded).Refusal);
        Assert.NotNull(Lifecycle.Submit(story.File, story.View, superseded, Given.Complete(superseded), story.Rules, null,
            Given.Worker(story.Today)).Refusal);
    }

    [Theory, Trait("Requirement", "MN-04")]
    [InlineData("caseInformation")]
    [InlineData("persons")]
    [InlineData("reasons")]
    [InlineData("familyStrengths")]
    [InlineData("familyNeeds")]
    [InlineData("goals")]
    [InlineData("whatMustHappen")]
    [InlineData("otherNeeds")]
    [InlineData("reviewOn")]
    [InlineData("ifBehaviorDoesNotChange")]
    public void MN_04_A_CPS_plan_holds_every_element(string field)
    {
        var story = Story.Begun().Draft();
        var content = Given.Complete(story.Version) with { Cps = Without(field) };
        var reason = Assert.Single(story.TrySubmit(content).Refusal!.Reasons);
        Assert.Equal(("MN-04", $"content.cps.{field}", Sources.Minnesota), (reason.Rule, reason.Field, reason.Source));
    }

    [Fact, Trait("Requirement", "MN-04")]
    public void MN_04_An_out_of_home_plan_needs_no_CPS_section()
    {
        var file = Given.CaseWith(Given.Opened("2025-01-02"), Given.Child("dan", "2025-01-02"), Given.Placed("dan", "2025-01-02"));
        var story = new Story(file, "2025-01-06", Given.PlacedPlan).Draft();
        Assert.Null(story.TrySubmit(Given.Complete(story.Version, Given.PlacedPlan) with { Cps = null }).Refusal);
    }

    [Fact, Trait("Requirement", "MN-04")]
    public void MN_04_Everybody_of_an_age_to_sign_signs_or_refuses_with_a_reason()
    {
        var young = Given.Child("eva", "2025-01-02") with { BirthDate = Given.Day("2013-01-07") };
        var story = Story.Begun().Record(young).On("2025-01-06").Draft();
        var signed = new Signature { Participant = "dan", Signed = story.Today };
        Assert.Null(story.TrySubmit(With(signed)).Refusal); // Eva turns twelve tomorrow
        story.TrySubmit(With(signed with { Signed = null, RefusedToSign = story.Today })).Refusal.RefusedWith("CA-14");
        Assert.Null(story.TrySubmit(With(signed with { Signed = null, RefusedToSign = story.Today, Comments = "He disagrees." })).Refusal);

        story.Keep(story.TrySave("2025-01-07"));
        story.TrySubmit(With(signed)).Refusal.RefusedWith("CA-14");

        PlanContent With(Signature only) => Given.Complete(story.Version) with { Signatures = [only] };
    }

    private static CpsSection Without(string field) => field switch
    {
        "caseInformation" => Given.EveryElement with { CaseInformation = "" },
        "persons" => Given.EveryElement with { Persons = " " },
        "reasons" => Given.EveryElement with { Reasons = "" },
        "familyStrengths" => Given.EveryElement with { FamilyStrengths = "" },
        "familyNeeds" => Given.EveryElement with { FamilyNeeds = "" },
        "goals" => Given.EveryElement with { Goals = "" },
        "whatMustHappen" => Given.EveryElement with { WhatMustHappen = "" },
        "otherNeeds" => Given.EveryElement with { OtherNeeds = "" },
        "reviewOn" => Given.EveryElement with { ReviewOn = null },
        _ => Given.EveryElement with { IfBehaviorDoesNotChange = "" },
    };
}
