using System.Collections.Frozen;
using System.Collections.Immutable;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Clocks;

/// <summary>Says whether a rule applies to a target.</summary>
public delegate bool Condition(ClockView view, ClockTarget target);

/// <summary>Adds what a target's clock counts from.</summary>
public delegate void FindAnchors(ClockView view, ClockTarget target, List<DatedFact> found);

/// <summary>Adds what meets a target's clock.</summary>
public delegate void FindActs(ClockView view, ClockTarget target, List<ClockAct> found);

/// <summary>The words a rule pack may use for when a clock applies, what it counts from and what meets it.</summary>
public static class Vocabulary
{
    /// <summary>What has to hold for a rule to apply to a target.</summary>
    public static FrozenDictionary<string, Condition> Conditions { get; } = new Dictionary<string, Condition>(StringComparer.Ordinal)
    {
        ["placed"] = (_, target) => target.Member?.Setting == Setting.OutOfHome,
        ["at-home"] = (_, target) => target.Member?.Setting == Setting.AtHome,
        ["indian-child"] = (_, target) => target.Child is { IndianChild: true },
        ["under-three"] = (view, target) => target.Child?.AgeOn(FirstDetermination(view, target, DeterminationKind.MaltreatmentDetermined)?.On ?? view.Today) < 3,
        ["briefly-detained"] = BrieflyDetained,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a clock counts from, in the order of dates within what each word finds.</summary>
    public static FrozenDictionary<string, FindAnchors> Anchors { get; } = new Dictionary<string, FindAnchors>(StringComparer.Ordinal)
    {
        ["beginning"] = (_, target, found) => found.Add(target.Time.Begin),
        ["plan-takes-effect"] = (_, target, found) => One(Effective(target) is [var first, ..] ? new ClockAct(target.Plan!.Plan, first).Fact : null, found),
        ["plan-date"] = (_, target, found) => One(Effective(target) is [var first, ..] ? new ClockAct(target.Plan!.Plan, first).Fact with { On = first.PlanDate, What = "plan date" } : null, found),
        ["submission"] = (_, target, found) => AddSubmissions(target.Version!, found),
        ["removal-or-response"] = (view, target, found) => One(target.Member?.Setting == Setting.OutOfHome
            ? target.Time.Begin with { What = "removal" }
            : NearestDetermination(view, target, DeterminationKind.InPersonResponse, "in-person response"), found),
        ["placement-or-order"] = (view, target, found) => found.Add(FirstOrder(view, target) ?? target.Time.Begin),
        ["placement-or-order-earlier"] = (view, target, found) => found.Add(FirstOrder(view, target) is { } order && order.On < target.Time.From ? order : target.Time.Begin),
        ["services-needed"] = (view, target, found) => One(NearestDetermination(view, target, DeterminationKind.ServicesNeeded, "services determined to be needed"), found),
        ["end-of-assessment"] = (view, target, found) => One(NearestDetermination(view, target, DeterminationKind.EndOfAssessment, "assessment ended"), found),
        ["maltreatment-determined"] = (view, target, found) => One(
            FirstDetermination(view, target, DeterminationKind.MaltreatmentDetermined) is { } first && HasNotEndedBefore(target, first) ? DatedFact.Of(first, "maltreatment determined") : null, found),
        ["dispositional-hearing"] = (view, target, found) => AddDeterminations(view, target, DeterminationKind.DispositionalHearing, "dispositional hearing", target.Time.From, found),
        ["complaint-or-opening"] = (view, target, found) =>
        {
            AddDeterminations(view, target, DeterminationKind.ComplaintAssigned, "complaint assigned", DateOnly.MinValue, found);
            found.Add(target.Time.Begin);
        },
        ["foster-care"] = (_, target, found) => One(target.Care?.Entered, found),
        ["removal"] = (_, target, found) => found.Add(target.Time.Begin with { What = "removal" }),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What meets a clock.</summary>
    public static FrozenDictionary<string, FindActs> Acts { get; } = new Dictionary<string, FindActs>(StringComparer.Ordinal)
    {
        ["version-takes-effect"] = (_, target, found) => AddVersions(target, signed: false, found),
        ["signed-version-takes-effect"] = (_, target, found) => AddVersions(target, signed: true, found),
        ["next-version"] = (_, target, found) =>
        {
            var effective = Effective(target);
            for (var index = 1; index < effective.Length; index++)
            {
                found.Add(new ClockAct(target.Plan!.Plan, effective[index]) with { AnchorsOn = effective[index].PlanDate, Follows = true });
            }
        },
        ["review"] = AddReviews,
        ["any-review-or-version"] = AddReviewsAndVersions,
        ["decision"] = AddDecisions,
        ["tribal-contact"] = Contacts(ContactKind.TribalContact, "tribe contacted"),
        ["caseworker-visit"] = Contacts(ContactKind.CaseworkerVisit, "caseworker visit"),
        ["screening-referral"] = Contacts(ContactKind.ScreeningReferral, "referred for screening"),
        ["provider-consultation"] = Contacts(ContactKind.ProviderConsultation, "providers consulted"),
        ["family-met"] = AddFamilyMet,
        ["court-or-administrative-review"] = Meetings("review held", MeetingKind.AdministrativeReview, MeetingKind.CourtReview),
        ["permanency-hearing"] = Meetings("permanency hearing held", MeetingKind.PermanencyHearing),
        ["plan-filed"] = Meetings("plan filed with the court", MeetingKind.PlanFiledWithCourt),
        ["wellbeing-tool"] = Tools(ToolKind.ChildWellbeing, "Child Well-being Tool completed"),
        ["mental-health-screening"] = Tools(ToolKind.MentalHealthScreening, "mental-health screening completed"),
        ["petition-or-exception"] = AddPetitions,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static ImmutableArray<PlanVersion> Effective(ClockTarget target) => target.Period is null ? [] : target.Plan!.EffectiveIn(target.Period);

    /// <summary>The versions that count for a child: those the child was a focus child of, from the one in effect when the child's time began. Each holds until the next one.</summary>
    private static void AddVersions(ClockTarget target, bool signed, List<ClockAct> found)
    {
        var all = Effective(target);
        var first = 0;
        for (var index = 0; target.Member is { } member && index < all.Length; index++)
        {
            first = all[index].EffectiveOn < member.From ? index : first;
        }

        for (var index = first; index < all.Length; index++)
        {
            var version = all[index];
            if ((target.Child is { } child && !PlansFor(version, child.Source)) || (signed && version.SignedOn is null))
            {
                continue;
            }

            var until = index + 1 < all.Length ? all[index + 1].EffectiveOn : DateOnly.MaxValue;
            var act = new ClockAct(target.Plan!.Plan, version);
            act = signed ? act.From(version.SignedOn!.Value) : act;
            found.Add((target.Member is { } placed ? act.From(placed.From) : act) with { HoldsTo = until });
        }
    }

    private static bool PlansFor(PlanVersion version, string child)
    {
        for (var index = 0; index < version.FocusChildren.Count; index++)
        {
            if (version.FocusChildren[index] == child)
            {
                return true;
            }
        }

        return false;
    }

    private static void AddReviews(ClockView view, ClockTarget target, List<ClockAct> found)
    {
        if (Effective(target) is not [var first, ..])
        {
            return;
        }

        foreach (var review in view.File.Of<PlanReview>())
        {
            if (review.Plan == target.Plan!.Plan.Id && review.On >= first.EffectiveOn)
            {
                found.Add(new ClockAct(review, "review held"));
            }
        }
    }

    private static void AddReviewsAndVersions(ClockView view, ClockTarget target, List<ClockAct> found)
    {
        foreach (var review in view.File.Of<PlanReview>())
        {
            found.Add(new ClockAct(review, "review held"));
        }

        for (var index = 0; index < view.Plans.Count; index++)
        {
            var plan = view.Plans[index];
            for (var number = 0; number < plan.Plan.Versions.Count; number++)
            {
                var version = plan.Plan.Versions[number];
                if (version.TookEffect)
                {
                    found.Add(new ClockAct(plan.Plan, version));
                }
            }
        }
    }

    private static void AddSubmissions(PlanVersion version, List<DatedFact> found)
    {
        for (var index = 0; index < version.Requests.Count; index++)
        {
            var request = version.Requests[index];
            found.Add(new DatedFact(request.SubmittedOn, new FactName("submission", "-", request.Id), "submitted", request.SubmittedOn));
        }
    }

    private static void AddDecisions(ClockView view, ClockTarget target, List<ClockAct> found)
    {
        for (var index = 0; index < target.Version!.Requests.Count; index++)
        {
            var request = target.Version.Requests[index];
            if (request.AnsweredOn is not null)
            {
                var (word, ends) = request.Answer switch
                {
                    ApprovalAnswer.Approved => ("approved", false),
                    ApprovalAnswer.Returned => ("returned", false),
                    ApprovalAnswer.Recalled => ("recalled", true),
                    _ => ("withdrawn", true),
                };
                found.Add(new ClockAct(request, word) { Ends = ends });
            }
        }
    }

    private static void AddPetitions(ClockView view, ClockTarget target, List<ClockAct> found)
    {
        foreach (var each in view.File.Of<Determination>())
        {
            if (each.What is DeterminationKind.PermanencyPetition or DeterminationKind.PetitionException && IsAbout(each.Child, target) && each.On <= view.Today)
            {
                found.Add(new ClockAct(each, "petition filed or exception documented"));
            }
        }
    }

    /// <summary>The family was met, or was contacted and a provider met them in the same month of the open case; then the later of the two counts.</summary>
    private static void AddFamilyMet(ClockView view, ClockTarget target, List<ClockAct> found)
    {
        var (month, contacted, provided) = (0, (Contact?)null, (Contact?)null);
        foreach (var contact in view.File.Of<Contact>())
        {
            if (contact.What is not (ContactKind.FamilyMet or ContactKind.FamilyContacted or ContactKind.ProviderMetFamily) || !target.Time.Touches(contact.On, contact.On))
            {
                continue;
            }

            if (contact.What == ContactKind.FamilyMet)
            {
                found.Add(new ClockAct(contact, "family met"));
                continue;
            }

            if ((contact.On.Year * 12) + contact.On.Month is var its && its != month)
            {
                AddBoth(contacted, provided, found);
                (month, contacted, provided) = (its, null, null);
            }

            contacted ??= contact.What == ContactKind.FamilyContacted ? contact : null;
            provided ??= contact.What == ContactKind.ProviderMetFamily ? contact : null;
        }

        AddBoth(contacted, provided, found);
    }

    private static void AddBoth(Contact? contacted, Contact? provided, List<ClockAct> found)
    {
        if (contacted is not null && provided is not null)
        {
            found.Add(new ClockAct(contacted.On > provided.On ? contacted : provided, "family contacted, and met by a provider"));
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

    /// <summary>Adds those from a date up to the end of the target's time.</summary>
    private static void AddDeterminations(ClockView view, ClockTarget target, DeterminationKind kind, string what, DateOnly from, List<DatedFact> found)
    {
        foreach (var each in view.File.Of<Determination>())
        {
            if (each.What == kind && IsAbout(each.Child, target) && each.On >= from && HasNotEndedBefore(target, each))
            {
                found.Add(DatedFact.Of(each, what));
            }
        }
    }

    private static Determination? FirstDetermination(ClockView view, ClockTarget target, DeterminationKind kind)
    {
        foreach (var each in view.File.Of<Determination>())
        {
            if (each.What == kind && IsAbout(each.Child, target))
            {
                return each;
            }
        }

        return null;
    }

    /// <summary>Of those after the child's stay in this setting before this one, the last one up to the day the clock's time begins, else the first one after it.</summary>
    private static DatedFact? NearestDetermination(ClockView view, ClockTarget target, DeterminationKind kind, string what)
    {
        var before = EndOfTheStayBefore(view, target);
        Determination? found = null;
        foreach (var each in view.File.Of<Determination>())
        {
            if (each.What == kind && IsAbout(each.Child, target) && (before is null || each.On > before) && HasNotEndedBefore(target, each)
                && (found is null || each.On <= target.Time.From))
            {
                found = each;
            }
        }

        return found is null ? null : DatedFact.Of(found, what);
    }

    /// <summary>The earliest of the orders that begin a court's out-of-home case (Juvenile Protection Rule 26.02) after the child's placement before this one.</summary>
    private static DatedFact? FirstOrder(ClockView view, ClockTarget target)
    {
        var before = EndOfTheStayBefore(view, target);
        foreach (var each in view.File.Of<Determination>())
        {
            if (each.What is DeterminationKind.OrderForPlacement or DeterminationKind.OrderForProtectiveCare or DeterminationKind.LegalCustodyTransferred
                && IsAbout(each.Child, target) && (before is null || each.On > before) && HasNotEndedBefore(target, each))
            {
                return DatedFact.Of(each, "court order");
            }
        }

        return null;
    }

    /// <summary>The last day of the child's stay in the same setting before this one, or null.</summary>
    private static DateOnly? EndOfTheStayBefore(ClockView view, ClockTarget target)
    {
        DateOnly? last = null;
        for (var index = 0; target.Member is { } member && index < view.Memberships.Count; index++)
        {
            var other = view.Memberships[index];
            if (other.To <= member.From && other.Setting == member.Setting && other.Child.Source == member.Child.Source && other != member)
            {
                last = last > other.To ? last : other.To;
            }
        }

        return last;
    }

    private static FindActs Contacts(ContactKind kind, string what) => (view, target, found) =>
    {
        foreach (var contact in view.File.Of<Contact>())
        {
            if (contact.What == kind && IsAbout(contact.Child, target))
            {
                found.Add(new ClockAct(contact, what));
            }
        }
    };

    private static FindActs Meetings(string what, params MeetingKind[] kinds) => (view, target, found) =>
    {
        foreach (var meeting in view.File.Of<Meeting>())
        {
            if (kinds.Contains(meeting.What) && IsAbout(meeting.Child, target))
            {
                found.Add(new ClockAct(meeting, what));
            }
        }
    };

    private static FindActs Tools(ToolKind kind, string what) => (view, target, found) =>
    {
        foreach (var tool in view.File.Of<ToolCompleted>())
        {
            if (tool.What == kind && IsAbout(tool.Child, target))
            {
                found.Add(new ClockAct(tool, what));
            }
        }
    };

    private static bool IsAbout(string? child, ClockTarget target) => child is null || target.Child is null || child == target.Child.Source;

    private static void One(DatedFact? fact, List<DatedFact> found)
    {
        if (fact is not null)
        {
            found.Add(fact);
        }
    }
}
