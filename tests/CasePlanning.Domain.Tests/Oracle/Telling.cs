namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>Turns a happening into what is recorded, given what is known when it comes.</summary>
public sealed class Telling(Knowledge known, Picture picture, DateOnly today)
{
    /// <summary>The fact to record, or null when the happening finds nothing to happen to.</summary>
    public Known? Resolve(Happening happening) => happening switch
    {
        Happening.Told told => known.Find(told.Fact.Key) is null ? told.Fact : null,
        Happening.Redated redated => Redate(redated),
        Happening.Left left => known.Find($"participant-{left.Child}") is { } child && Last(child, left.InDays) is var last
            && last != child.Until ? child with { Until = last } : null,
        Happening.Withdrawn withdrawn =>
            known.Find(withdrawn.Key) is { } fact && fact.Withdrawn != withdrawn.Gone ? fact with { Withdrawn = withdrawn.Gone } : null,
        Happening.Excused excused => Excuse(excused),
        Happening.Kept kept => Keep(kept),
        Happening.Closed closed => Close(closed),
        Happening.Reopened reopened => Reopen(reopened),
        _ => null,
    };

    /// <summary>What is done to the plan: what comes next in four of five cases, else anything.</summary>
    public Doing Resolve(Happening.Worked worked)
    {
        var deed = worked.Choice < 80 ? Next(worked) : (Deed)(worked.Number % Enum.GetValues<Deed>().Length);
        var all = picture.Children(worked.Under, today);
        var children = worked.Number % 4 == 0 ? all.Where((_, index) => (worked.Choice & (1 << index)) != 0).ToArray() : all;
        return new(worked.Under, deed, today.AddDays(worked.Days), children, worked.Number % 2 == 0, worked.Number % 3 == 0);
    }

    private Deed Next(Happening.Worked worked) => picture.Stage(worked.Under, today) switch
    {
        Where.AwaitingPlan => Deed.CreateInitial,
        Where.Draft => worked.Choice < 60 ? Deed.Submit : worked.Choice < 72 ? Deed.Save : Deed.WithdrawDraft,
        Where.PendingApproval => worked.Choice < 55 ? Deed.Approve : worked.Choice < 70 ? Deed.Return : Deed.Recall,
        Where.InEffect => worked.Choice < 40 ? Deed.StartUpdate : worked.Choice < 68 ? Deed.CreateUpdate : Deed.Rescind,
        Where.RecordingProgress => worked.Choice < 65 ? Deed.CreateUpdate : Deed.TakeBack,
        _ => Deed.CreateInitial,
    };

    /// <summary>No fact begins in the future, and no child after its last day.</summary>
    private Known? Redate(Happening.Redated redated)
    {
        if (known.Find(redated.Key) is not { } fact)
        {
            return null;
        }

        var on = fact.On.AddDays(redated.Days);
        var last = fact.Kind == Kind.Participant && fact.Until < today ? fact.Until.Value : today;
        return fact with { On = on > last ? last : on };
    }

    private DateOnly? Last(Known child, int? inDays) =>
        inDays is not { } days ? null : today.AddDays(days) < child.On ? child.On : today.AddDays(days);

    private Known? Excuse(Happening.Excused excused)
    {
        var open = Open().Select(duty => duty.Occurrence).ToArray();
        return open.Length == 0 ? null
            : new Known(Kind.Excusal, excused.Id, today) { Occurrence = open[excused.Choice % open.Length],
            Until = today.AddDays(excused.ForDays) };
    }

    private Duty[] Open() =>
        [.. picture.Duties.Where(duty => duty.Appears <= today && duty.IsOpen(today)).OrderBy(duty => duty.Occurrence, StringComparer.Ordinal)];

    /// <summary>The open duty that is worked on: at times the one due next, else one of this time; rarely any.</summary>
    private Duty? Chosen(Happening.Kept kept)
    {
        var open = Array.FindAll(Open(), duty => kept.Choice % 5 == 0 || duty.Due <= today.AddDays(45));
        var next = kept.Choice % 3 == 0 ? open.Where(duty => duty.Due >= today).MinBy(duty => duty.Due) : null;
        return next ?? (open.Length == 0 ? null : open[kept.Choice % open.Length]);
    }

    /// <summary>Does what an open duty asks for.</summary>
    private Known? Keep(Happening.Kept kept)
    {
        if (Chosen(kept) is not { } duty || !Keeping.TryGetValue(duty.Law.Id, out var done))
        {
            return null;
        }

        var fact = new Known(done.Kind, kept.Id, today.AddDays(-kept.DaysAgo))
        {
            Child = kept.Choice % 7 == 0 && done.Kind != Kind.Tool ? "" : duty.Child, What = done.What,
            Plan = picture.Running(Under.Placed, today) is null ? Under.Home : Under.Placed,
        };
        return known.Find(fact.Key) is null ? fact : null;
    }

    /// <summary>The next thing to do about the plan that a chosen duty waits for, or null.</summary>
    public Doing? Plan(Happening.Kept kept) => Chosen(kept) is not { } duty || Keeping.ContainsKey(duty.Law.Id) ? null
        : picture.Memberships.LastOrDefault(member => member.Runs(today) && (duty.Child.Length == 0 || member.Child == duty.Child))
            is not { } member ? null
        : Resolve(new Happening.Worked(kept.At, member.Under, 0, 1, 0));

    private static readonly Dictionary<string, (Kind Kind, string What)> Keeping = new()
    {
        ["default.review"] = (Kind.Review, ""), ["mn.review"] = (Kind.Review, ""), ["mi.review"] = (Kind.Review, ""),
        ["mi.tribe"] = (Kind.Contact, "TribalContact"), ["mn.dev-screening"] = (Kind.Contact, "ScreeningReferral"),
        ["mn.contact"] = (Kind.Contact, "FamilyMet"), ["mn.providers"] = (Kind.Contact, "ProviderConsultation"),
        ["mn.wellbeing"] = (Kind.Tool, "ChildWellbeing"), ["mn.mh-screening"] = (Kind.Tool, "MentalHealthScreening"),
        ["mn.admin-review"] = (Kind.Meeting, "AdministrativeReview"), ["wi.review"] = (Kind.Meeting, "CourtReview"),
        ["wi.initial"] = (Kind.Meeting, "PlanFiledWithCourt"), ["fed.review"] = (Kind.Meeting, "CourtReview"),
        ["fed.permanency-hearing"] = (Kind.Meeting, "PermanencyHearing"), ["fed.visit"] = (Kind.Contact, "CaseworkerVisit"),
        ["fed.fifteen-of-22"] = (Kind.Determination, "PetitionException"),
    };

    /// <summary>A running plan is closed, not before it began.</summary>
    private Known? Close(Happening.Closed closed)
    {
        var on = today.AddDays(-closed.DaysLate);
        return picture.Running(closed.Under, today) is { } period && on >= period.Members.Where(member => member.Runs(today))
            .Max(member => member.From)
            ? new Known(Kind.Closing, closed.Id, on) { Plan = closed.Under }
            : null;
    }

    /// <summary>A closed plan is reopened, after it was closed, if a child is still in its setting.</summary>
    private Known? Reopen(Happening.Reopened reopened)
    {
        var on = today.AddDays(-reopened.DaysLate);
        var act = new Known(Kind.Reopening, reopened.Id, on) { Plan = reopened.Under };
        var closings = known.Holding(Kind.Closing).Where(closing => closing.Plan == reopened.Under).ToArray();
        return picture.Running(reopened.Under, today) is null && closings.Length > 0 && on >= closings[^1].On ? act : null;
    }
}
