using System.Collections.Frozen;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Clocks;

/// <summary>What was done, and the date from which it anchors the next occurrence of a rolling rule. One that <see cref="Ends"/> a duty doesn't meet it.</summary>
public sealed record ClockAct(DatedFact Fact, DateOnly AnchorsOn, bool Ends = false)
{
    /// <summary>The last day on which it still holds, as a plan in effect does; null for what is done on one day.</summary>
    public DateOnly? HoldsTo { get; init; }

    /// <summary>True for the next of its kind, which follows its anchor even where that is dated later.</summary>
    public bool Follows { get; init; }

    /// <summary>What holds already on a day counts from that day.</summary>
    public ClockAct From(DateOnly date) => Fact.On < date ? this with { Fact = Fact with { On = date } } : this;
}

/// <summary>The words a rule pack may use for when a clock applies, what it counts from and what meets it.</summary>
public static class Vocabulary
{
    /// <summary>What has to hold for a rule to apply to a target.</summary>
    public static FrozenDictionary<string, Func<ClockView, ClockTarget, bool>> Conditions { get; } = new Dictionary<string, Func<ClockView, ClockTarget, bool>>(StringComparer.Ordinal)
    {
        ["placed"] = (_, target) => target.Member?.Setting == Setting.OutOfHome,
        ["at-home"] = (_, target) => target.Member?.Setting == Setting.AtHome,
        ["indian-child"] = (_, target) => target.Child is { IndianChild: true },
        ["under-three"] = (view, target) => target.Child?.AgeOn(FirstDetermination(view, target, DeterminationKind.MaltreatmentDetermined)?.On ?? view.Today) < 3,
        ["briefly-detained"] = BrieflyDetained,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a clock counts from, in the order of dates within what each word finds.</summary>
    public static FrozenDictionary<string, Func<ClockView, ClockTarget, IEnumerable<DatedFact>>> Anchors { get; } = new Dictionary<string, Func<ClockView, ClockTarget, IEnumerable<DatedFact>>>(StringComparer.Ordinal)
    {
        ["beginning"] = (_, target) => [target.Time.Begin],
        ["plan-takes-effect"] = (_, target) => Effective(target).Take(1).Select(version => Effect(target, version)),
        ["plan-date"] = (_, target) => Effective(target).Take(1).Select(version => Effect(target, version) with { On = version.PlanDate, What = "plan date" }),
        ["submission"] = (_, target) => target.Version!.Requests.Select(request => new DatedFact(request.SubmittedOn, $"submission-{request.Id}", "submitted", request.SubmittedOn)),
        ["removal-or-response"] = (view, target) => target.Member?.Setting == Setting.OutOfHome
            ? [target.Time.Begin with { What = "removal" }]
            : One(NearestDetermination(view, target, DeterminationKind.InPersonResponse, "in-person response")),
        ["placement-or-order"] = (view, target) => [FirstOrder(view, target) ?? target.Time.Begin],
        ["placement-or-order-earlier"] = (view, target) => [FirstOrder(view, target) is { } order && order.On < target.Time.From ? order : target.Time.Begin],
        ["services-needed"] = (view, target) => One(NearestDetermination(view, target, DeterminationKind.ServicesNeeded, "services determined to be needed")),
        ["end-of-assessment"] = (view, target) => One(NearestDetermination(view, target, DeterminationKind.EndOfAssessment, "assessment ended")),
        ["maltreatment-determined"] = (view, target) => One(FirstDetermination(view, target, DeterminationKind.MaltreatmentDetermined) is { } found && HasNotEndedBefore(target, found) ? Dated(found, "maltreatment determined") : null),
        ["dispositional-hearing"] = (view, target) => Determinations(view, target, DeterminationKind.DispositionalHearing)
            .Where(hearing => target.Time.Touches(hearing.On, hearing.On)).Select(hearing => Dated(hearing, "dispositional hearing")),
        ["complaint-or-opening"] = (view, target) => Determinations(view, target, DeterminationKind.ComplaintAssigned)
            .Where(complaint => HasNotEndedBefore(target, complaint)).Select(complaint => Dated(complaint, "complaint assigned")).Append(target.Time.Begin),
        ["foster-care"] = (_, target) => target.Care is { } care ? [care.Entered] : [],
        ["removal"] = (_, target) => [target.Time.Begin with { What = "removal" }],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What meets a clock.</summary>
    public static FrozenDictionary<string, Func<ClockView, ClockTarget, IEnumerable<ClockAct>>> Acts { get; } = new Dictionary<string, Func<ClockView, ClockTarget, IEnumerable<ClockAct>>>(StringComparer.Ordinal)
    {
        ["version-takes-effect"] = (_, target) => VersionsOf(target),
        ["signed-version-takes-effect"] = (_, target) => VersionsOf(target, signed: true),
        ["next-version"] = (_, target) => Effective(target).Skip(1).Select(version => new ClockAct(Effect(target, version), version.PlanDate) { Follows = true }),
        ["review"] = (view, target) => Effective(target).FirstOrDefault() is { } first
            ? view.File.Of<PlanReview>().Where(review => review.Plan == target.Plan!.Plan.Id && review.On >= first.EffectiveOn).Select(Done("review held"))
            : [],
        ["any-review-or-version"] = (view, _) => view.File.Of<PlanReview>().Select(Done("review held"))
            .Concat(view.Plans.SelectMany(plan => plan.Plan.Versions.Where(version => version.TookEffect).Select(version => Act(Effect(plan, version))))),
        ["decision"] = (_, target) => target.Version!.Requests.Where(request => request.AnsweredOn is not null).Select(Answer),
        ["tribal-contact"] = Contacts(ContactKind.TribalContact, "tribe contacted"),
        ["caseworker-visit"] = Contacts(ContactKind.CaseworkerVisit, "caseworker visit"),
        ["screening-referral"] = Contacts(ContactKind.ScreeningReferral, "referred for screening"),
        ["provider-consultation"] = Contacts(ContactKind.ProviderConsultation, "providers consulted"),
        ["family-met"] = FamilyMet,
        ["court-or-administrative-review"] = Meetings("review held", MeetingKind.AdministrativeReview, MeetingKind.CourtReview),
        ["permanency-hearing"] = Meetings("permanency hearing held", MeetingKind.PermanencyHearing),
        ["plan-filed"] = Meetings("plan filed with the court", MeetingKind.PlanFiledWithCourt),
        ["wellbeing-tool"] = Tools(ToolKind.ChildWellbeing, "Child Well-being Tool completed"),
        ["mental-health-screening"] = Tools(ToolKind.MentalHealthScreening, "mental-health screening completed"),
        ["petition-or-exception"] = (view, target) => view.File.Of<Determination>()
            .Where(each => each.What is DeterminationKind.PermanencyPetition or DeterminationKind.PetitionException && IsAbout(each.Child, target) && each.On <= view.Today)
            .Select(Done("petition filed or exception documented")),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static IEnumerable<PlanVersion> Effective(ClockTarget target) => target.Period is null ? [] : target.Plan!.EffectiveIn(target.Period);

    /// <summary>The versions that count for a child: those the child was a focus child of, from the one in effect when the child's time began. Each holds until the next one.</summary>
    private static IEnumerable<ClockAct> VersionsOf(ClockTarget target, bool signed = false)
    {
        var all = Effective(target).ToArray();
        var first = target.Member is { } member ? Math.Max(0, Array.FindLastIndex(all, version => version.EffectiveOn < member.From)) : 0;
        for (var index = first; index < all.Length; index++)
        {
            var version = all[index];
            if ((target.Child is { } child && !version.FocusChildren.Contains(child.Source, StringComparer.Ordinal)) || (signed && version.SignedOn is null))
            {
                continue;
            }

            var until = index + 1 < all.Length ? all[index + 1].EffectiveOn : DateOnly.MaxValue;
            var act = Act(Effect(target, version)).From(signed ? version.SignedOn!.Value : DateOnly.MinValue);
            yield return (target.Member is { } placed ? act.From(placed.From) : act) with { HoldsTo = until };
        }
    }

    private static DatedFact Effect(ClockTarget target, PlanVersion version) => Effect(target.Plan!, version);

    private static DatedFact Effect(PlanView plan, PlanVersion version) =>
        new(version.EffectiveOn!.Value, $"{plan.Plan.Id}.v{version.Number}", version.Number == 1 ? "plan took effect" : $"version {version.Number} took effect", version.EffectiveOn.Value);

    /// <summary>The family was met, or was contacted and a provider met them in the same month of the open case; then the later of the two counts.</summary>
    private static IEnumerable<ClockAct> FamilyMet(ClockView view, ClockTarget target)
    {
        var contacts = view.File.Of<Contact>().Where(contact => target.Time.Touches(contact.On, contact.On)).ToArray();
        foreach (var met in contacts.Where(contact => contact.What == ContactKind.FamilyMet))
        {
            yield return Done("family met")(met);
        }

        foreach (var month in contacts.GroupBy(contact => (contact.On.Year, contact.On.Month)))
        {
            var contacted = month.Where(contact => contact.What == ContactKind.FamilyContacted).MinBy(contact => contact.On);
            var provided = month.Where(contact => contact.What == ContactKind.ProviderMetFamily).MinBy(contact => contact.On);
            if (contacted is not null && provided is not null)
            {
                yield return Done("family contacted, and met by a provider")(contacted.On > provided.On ? contacted : provided);
            }
        }
    }

    /// <summary>A stay of under 60 days, only in detention or shelter, that ended with the return home (Wis. Stat. 48.38(3)).</summary>
    private static bool BrieflyDetained(ClockView view, ClockTarget target)
    {
        if (target.Member is not { End: MembershipEnd.Moved, To: { } returned } member)
        {
            return false;
        }

        var away = Spells.LastOfEachDay(view.File, member.Child).Where(move => move.On < returned).Reverse().TakeWhile(move => move.Setting != PlacementSetting.Home).ToArray();
        return away is [.., var first] && returned.DayNumber - first.On.DayNumber < 60
            && Array.TrueForAll(away, move => move.Setting is PlacementSetting.Detention or PlacementSetting.Shelter);
    }

    /// <summary>True for a fact that isn't later than the target's time.</summary>
    private static bool HasNotEndedBefore(ClockTarget target, Fact fact) => target.Time.To is null || fact.On <= target.Time.To;

    private static IEnumerable<Determination> Determinations(ClockView view, ClockTarget target, DeterminationKind kind) =>
        view.File.Of<Determination>().Where(each => each.What == kind && IsAbout(each.Child, target));

    private static Determination? FirstDetermination(ClockView view, ClockTarget target, DeterminationKind kind) => Determinations(view, target, kind).FirstOrDefault();

    /// <summary>Of those after the child's stay in this setting before this one, the last one up to the day the clock's time begins, else the first one after it.</summary>
    private static DatedFact? NearestDetermination(ClockView view, ClockTarget target, DeterminationKind kind, string what)
    {
        var before = EndOfTheStayBefore(view, target);
        var all = Determinations(view, target, kind).Where(each => (before is null || each.On > before) && HasNotEndedBefore(target, each)).ToArray();
        var found = all.LastOrDefault(each => each.On <= target.Time.From) ?? all.FirstOrDefault();
        return found is null ? null : Dated(found, what);
    }

    /// <summary>The earliest of the orders that begin a court's out-of-home case (Juvenile Protection Rule 26.02) after the child's placement before this one.</summary>
    private static DatedFact? FirstOrder(ClockView view, ClockTarget target)
    {
        var before = EndOfTheStayBefore(view, target);
        return view.File.Of<Determination>()
            .Where(each => each.What is DeterminationKind.OrderForPlacement or DeterminationKind.OrderForProtectiveCare or DeterminationKind.LegalCustodyTransferred
                && IsAbout(each.Child, target) && (before is null || each.On > before) && HasNotEndedBefore(target, each))
            .Select(each => Dated(each, "court order")).FirstOrDefault();
    }

    /// <summary>The last day of the child's stay in the same setting before this one, or null.</summary>
    private static DateOnly? EndOfTheStayBefore(ClockView view, ClockTarget target) => target.Member is not { } member ? null : view.Memberships
        .Where(other => other.Setting == member.Setting && other.Child.Source == member.Child.Source && other != member && other.To <= member.From).Max(other => other.To);

    private static Func<ClockView, ClockTarget, IEnumerable<ClockAct>> Contacts(ContactKind kind, string what) =>
        (view, target) => view.File.Of<Contact>().Where(contact => contact.What == kind && IsAbout(contact.Child, target)).Select(Done(what));

    private static Func<ClockView, ClockTarget, IEnumerable<ClockAct>> Meetings(string what, params MeetingKind[] kinds) =>
        (view, target) => view.File.Of<Meeting>().Where(meeting => kinds.Contains(meeting.What) && IsAbout(meeting.Child, target)).Select(Done(what));

    private static Func<ClockView, ClockTarget, IEnumerable<ClockAct>> Tools(ToolKind kind, string what) =>
        (view, target) => view.File.Of<ToolCompleted>().Where(tool => tool.What == kind && IsAbout(tool.Child, target)).Select(Done(what));

    private static bool IsAbout(string? child, ClockTarget target) => child is null || target.Child is null || child == target.Child.Source;

    private static Func<Fact, ClockAct> Done(string what) => fact => Act(Dated(fact, what));

    private static DatedFact Dated(Fact fact, string what) => new(fact.On, fact.Key, what, fact.RecordedOn);

    private static ClockAct Act(DatedFact fact) => new(fact, fact.On);

    private static ClockAct Answer(ApprovalRequest request)
    {
        var (word, ends) = request.Answer switch
        {
            ApprovalAnswer.Approved => ("approved", false),
            ApprovalAnswer.Returned => ("returned", false),
            ApprovalAnswer.Recalled => ("recalled", true),
            _ => ("withdrawn", true),
        };
        return new ClockAct(new DatedFact(request.AnsweredOn!.Value, $"answer-{request.Id}", word, request.AnsweredOn.Value), request.AnsweredOn.Value, ends);
    }

    private static DatedFact[] One(DatedFact? fact) => fact is null ? [] : [fact];
}
