using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Tests.Lifecycles;

public sealed class TransitionTests
{
    public static TheoryData<Stage, PlanAct> EveryPair()
    {
        var pairs = new TheoryData<Stage, PlanAct>();
        foreach (var stage in Enum.GetValues<Stage>())
        {
            foreach (var act in Enum.GetValues<PlanAct>())
            {
                pairs.Add(stage, act);
            }
        }

        return pairs;
    }

    [Theory, MemberData(nameof(EveryPair))]
    public void Every_act_in_every_stage_is_in_the_table_or_refused_with_a_sentence(Stage stage, PlanAct act)
    {
        var refusal = Transitions.Refuse(stage, act);
        Assert.Equal(Transitions.All.Any(row => row.From == stage && row.Act == act), refusal is null);
        Assert.Equal(Transitions.Allows(stage, act), refusal is null);
        if (refusal is not null)
        {
            Assert.IsType<Refusal.WrongStage>(refusal);
            Assert.StartsWith("The plan is ", refusal.Title);
            Assert.Contains(Words.Of(act), refusal.Title);
            Assert.Contains("one can", Assert.Single(refusal.Reasons).Message);
        }
    }

    [Fact]
    public void Every_row_leads_somewhere_and_every_stage_can_be_reached_and_left()
    {
        Assert.All(Transitions.All, row => Assert.NotEmpty(row.To));
        Assert.Equal(Enum.GetValues<Stage>().Order(), Transitions.All.SelectMany(row => row.To).Distinct().Order());
        Assert.Equal(Enum.GetValues<Stage>().Order(), Transitions.All.Where(row => row.To.Any(to => to != row.From)).Select(row => row.From)
            .Distinct().Order());
        Assert.Equal(Enum.GetValues<PlanAct>().Order(), Transitions.All.Select(row => row.Act).Distinct().Order());
    }

    [Theory, MemberData(nameof(EveryPair))]
    public void What_is_done_leads_to_a_stage_of_the_table_and_what_is_not_allowed_is_refused(Stage stage, PlanAct act)
    {
        foreach (var story in In(stage))
        {
            Assert.Equal(stage, story.Stage);
            if (Try(story, act) is not { } result)
            {
                continue;
            }

            Assert.Equal(Transitions.Allows(stage, act), result.Refusal is null);
            if (result.Refusal is null)
            {
                var after = story.Keep(result).Stage;
                Assert.Contains(after, Transitions.All.Single(row => row.From == stage && row.Act == act).To);
            }
        }
    }

    [Fact]
    public void A_closing_closes_whatever_the_stage_and_a_reopening_begins_again()
    {
        foreach (var stage in Enum.GetValues<Stage>().Where(stage => stage != Stage.Closed))
        {
            foreach (var story in In(stage))
            {
                Assert.Equal(Stage.Closed, story.On("2025-03-03").Record(Given.Closing("2025-03-03")).Stage);
                Assert.Equal("the plan was closed", story.View.ClosedBecause);
                Assert.Equal(Stage.AwaitingPlan, story.On("2025-03-10").Record(Given.Reopening("2025-03-10")).Stage);
            }
        }
    }

    [Fact]
    public void Closing_and_reopening_on_one_day_alternate()
    {
        var story = Story.InEffect().On("2025-02-03").Record(Given.Closing("2025-02-03"));
        Assert.Equal(Stage.Closed, story.Stage);
        Assert.Equal(Stage.AwaitingPlan, story.Record(Given.Reopening("2025-02-03")).Stage);
        Assert.Equal(Stage.Closed, story.Record(Given.Closing("2025-02-03", "c2")).Stage);
        Assert.Equal(Stage.AwaitingPlan, story.Record(Given.Reopening("2025-02-03", "ro2")).Stage);
        Assert.Equal(Stage.InEffect, story.Draft().Submit().Approve().Stage);
    }

    /// <summary>Stories that stand in a stage: with no version before, and with one in effect, where both can be.</summary>
    private static Story[] In(Stage stage) => stage switch
    {
        Stage.AwaitingPlan => [Story.Begun(), Story.Begun().On("2025-01-06").Draft().Withdraw()],
        Stage.Draft => [Story.Begun().On("2025-01-06").Draft(), Story.InEffect().On("2025-02-03").Update()],
        Stage.PendingApproval => [Story.Begun().On("2025-01-06").Draft().Submit(), Story.InEffect().On("2025-02-03").Update().Submit()],
        Stage.InEffect => [Story.InEffect(), Story.InEffect().On("2025-02-03").Update().Submit().Approve()],
        Stage.RecordingProgress => [Story.InEffect().StartUpdate()],
        _ => [Story.Begun().Record(Given.Closing("2025-01-02")), Story.InEffect().On("2025-02-03").Record(Given.Closing("2025-02-03"))],
    };

    /// <summary>Null where the plan has no version yet that the act could be about, or the act is a fact.</summary>
    private static Result<CasePlan>? Try(Story story, PlanAct act)
    {
        var kind = story.View.InEffect is null ? CreateKind.Initial : CreateKind.Update;
        var needsVersion = act is PlanAct.SaveDraft or PlanAct.WithdrawDraft or PlanAct.Submit or PlanAct.Recall or PlanAct.Approve or PlanAct.Return or PlanAct.Rescind;
        return needsVersion && story.Plan.Versions.Count == 0 ? default(Result<CasePlan>?) : act switch
        {
            PlanAct.CreateVersion => story.TryDraft(kind: kind),
            PlanAct.SaveDraft => story.TrySave("2025-03-01"),
            PlanAct.WithdrawDraft => Lifecycle.WithdrawDraft(story.View, story.Version),
            PlanAct.StartUpdate => Lifecycle.StartUpdate(story.View, story.Today),
            PlanAct.TakeBackUpdate => Lifecycle.TakeBackUpdate(story.View),
            PlanAct.Submit => story.TrySubmit(),
            PlanAct.Recall => Lifecycle.Recall(story.View, story.Version, null, Given.Worker(story.Today)),
            PlanAct.Approve => story.TryApprove(),
            PlanAct.Return => Lifecycle.Return(story.View, story.Version, "Say more.", Given.Supervisor(story.Today)),
            PlanAct.Rescind => Lifecycle.Rescind(story.View, story.View.InEffect ?? story.Version, "approved in error"),
            _ => default(Result<CasePlan>?),
        };
    }
}
