namespace CasePlanning.Domain.Tests.Oracle;

public enum Deed { CreateInitial, CreateUpdate, Save, WithdrawDraft, StartUpdate, TakeBack, Submit, Recall, Return, Approve, Rescind }

/// <summary>One attempt to do something to a plan.</summary>
public sealed record Doing(Under Under, Deed Deed, DateOnly PlanDate, IReadOnlyList<string> Children, bool PlanDateToToday,
    bool Unsigned);

/// <summary>What may be done to a plan, and what comes of it, as the requirements say.</summary>
public static class Deeds
{
    /// <summary>Stage and deed, with the stages it may lead to. A pair that isn't here is refused.</summary>
    public static IReadOnlyDictionary<(Where, Deed), Where[]> Possible { get; } = new Dictionary<(Where, Deed), Where[]>
    {
        [(Where.AwaitingPlan, Deed.CreateInitial)] = [Where.Draft],
        [(Where.InEffect, Deed.CreateUpdate)] = [Where.Draft],
        [(Where.RecordingProgress, Deed.CreateUpdate)] = [Where.Draft],
        [(Where.Draft, Deed.Save)] = [Where.Draft],
        [(Where.Draft, Deed.WithdrawDraft)] = [Where.AwaitingPlan, Where.InEffect],
        [(Where.InEffect, Deed.StartUpdate)] = [Where.RecordingProgress],
        [(Where.RecordingProgress, Deed.TakeBack)] = [Where.InEffect],
        [(Where.Draft, Deed.Submit)] = [Where.PendingApproval],
        [(Where.PendingApproval, Deed.Recall)] = [Where.Draft],
        [(Where.PendingApproval, Deed.Return)] = [Where.Draft],
        [(Where.PendingApproval, Deed.Approve)] = [Where.InEffect],
        [(Where.InEffect, Deed.Rescind)] = [Where.InEffect, Where.AwaitingPlan],
    };

    public static bool Allowed(Knowledge known, Picture picture, Doing doing, DateOnly today)
    {
        if (!Possible.ContainsKey((picture.Stage(doing.Under, today), doing.Deed)))
        {
            return false;
        }

        var prepared = known.Of(doing.Under).Prepared;
        return doing.Deed switch
        {
            Deed.CreateInitial or Deed.CreateUpdate or Deed.Save => Fits(doing.PlanDate, doing.Children),
            Deed.Submit => Fits(prepared!.PlanDate, prepared.Children),
            Deed.Approve => Fits(Dated(prepared!, doing, today), prepared!.Children)
                && (Dated(prepared, doing, today) <= today || !picture.Edition.FuturePlanDateBlocksApproval),
            _ => true,
        };

        bool Fits(DateOnly planDate, IReadOnlyList<string> children) =>
            children.Count > 0 && !children.Except(picture.Children(doing.Under, today)).Any()
                && !(planDate < picture.InEffect(doing.Under, today)?.PlanDate);
    }

    public static void Do(Knowledge known, Picture picture, Doing doing, DateOnly today)
    {
        var plan = known.Of(doing.Under);
        var prepared = plan.Prepared;
        switch (doing.Deed)
        {
            case Deed.CreateInitial or Deed.CreateUpdate:
                plan.Versions.Add(new Version(plan.Versions.Count + 1) { CreatedOn = today, PlanDate = doing.PlanDate,
                    Children = doing.Children });
                plan.UpdateStarted = null;
                break;
            case Deed.Save:
                prepared!.PlanDate = doing.PlanDate;
                prepared.Children = doing.Children;
                break;
            case Deed.WithdrawDraft:
                prepared!.Standing = Standing.Withdrawn;
                break;
            case Deed.StartUpdate or Deed.TakeBack:
                plan.UpdateStarted = doing.Deed == Deed.StartUpdate ? today : null;
                break;
            case Deed.Submit:
                prepared!.Standing = Standing.Pending;
                prepared.Signed = !doing.Unsigned || prepared.Children.Any(child => Signs(known.Find($"participant-{child}")!, prepared.PlanDate));
                prepared.Submissions.Add(new Submission($"{plan.Id}.v{prepared.Number}.{prepared.Submissions.Count + 1}", today));
                break;
            case Deed.Recall or Deed.Return:
                Answer(prepared!, Standing.Draft, doing.Deed == Deed.Recall ? Reply.Recalled : Reply.Returned, today);
                break;
            case Deed.Approve:
                prepared!.PlanDate = Dated(prepared, doing, today);
                prepared.EffectiveOn = today;
                Answer(prepared, Standing.Effective, Reply.Approved, today);
                break;
            default:
                picture.InEffect(doing.Under, today)!.Standing = Standing.Rescinded;
                break;
        }
    }

    /// <summary>Closing a plan, or its last child's leaving, withdraws what was begun before it. True when something was.</summary>
    public static bool Settle(Knowledge known, Picture picture, DateOnly today)
    {
        var settled = false;
        foreach (var plan in known.Plans)
        {
            if ((plan.Prepared?.CreatedOn ?? plan.UpdateStarted) is not { } begun || !picture.HasEndedSince(plan.Under, begun, today))
            {
                continue;
            }

            plan.UpdateStarted = null;
            settled = true;
            if (plan.Prepared is { } prepared)
            {
                Answer(prepared, Standing.Withdrawn, Reply.Withdrawn, today);
            }
        }

        return settled;
    }

    /// <summary>From the twelfth birthday on, and while it isn't known.</summary>
    private static bool Signs(Known child, DateOnly planDate) => !(child.Born?.AddYears(12) > planDate);

    private static DateOnly Dated(Version version, Doing doing, DateOnly today) =>
        doing.PlanDateToToday && version.PlanDate > today ? today : version.PlanDate;

    private static void Answer(Version version, Standing standing, Reply reply, DateOnly today)
    {
        if (version.Standing == Standing.Pending)
        {
            version.Submissions[^1].Reply = reply;
            version.Submissions[^1].RepliedOn = today;
        }

        version.Standing = standing;
    }
}
