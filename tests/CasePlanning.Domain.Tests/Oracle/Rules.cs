namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>What each law asks for, row by row of REQUIREMENTS section 7: what it counts from, and what meets it.</summary>
public sealed class Rules(Knowledge known, Picture picture, Days days)
{
    private readonly Shapes _shapes = new(days, picture.Today, picture.Horizon);
    private readonly Spans _spans = new(known, picture);
    private readonly Facts _facts = new(known, picture);

    public IEnumerable<Duty> All() =>
    [
        .. Initials(),
        .. Plans(),
        .. Placements(),
        .. FosterCare(),
        .. Michigan(),
        .. Minnesota(),
        .. InForce("approval.decision", law => Decisions(law)),
    ];

    private IEnumerable<Duty> Initials() =>
    [
        .. Child("default.initial", (law, span) => Initial(law, span, span.Begin)),
        .. Child("ca.initial", (law, span) => Initial(law, span,
            span.Under == Under.Placed ? span.Begin : _facts.Nearest(span, "InPersonResponse"), orHearing: true)),
        .. Child("mi.initial", (law, span) => span.Under == Under.Placed || law.Choice == "from-opening" ? Initial(law, span, span.Begin) : []),
        .. Child("mn.cps.initial", (law, span) => span.Under == Under.Placed ? [] : Initial(law, span, law.Choice switch
        {
            "opening" => span.Begin,
            "end-of-assessment" => _facts.Nearest(span, "EndOfAssessment"),
            _ => _facts.Nearest(span, "ServicesNeeded"),
        }, signed: true)),
        .. Placed("mn.ohpp.initial", (law, span) => Initial(law, span, _facts.FirstOrder(span) is { } order
            && (law.Choice != "earlier" || order.On < span.From) ? order : span.Begin)),
        .. Placed("fed.initial", (law, span) => Initial(law, span, span.Begin)),
        .. Placed("wi.initial", (law, span) => _shapes.Once(law, span, [span.Begin], On(_facts.Held(span, "PlanFiledWithCourt")))
            .Select(duty => duty with { NotOwed = _facts.WasBrieflyDetained(span) })),
    ];

    private IEnumerable<Duty> Plans() =>
    [
        .. InForce("default.review", Reviews),
        .. InForce("mn.review", Reviews),
        .. InForce("default.update", Updates),
        .. InForce("ca.update", Updates),
    ];

    private IEnumerable<Duty> Placements() =>
    [
        .. Placed("wi.review", (law, span) => _shapes.Chain(law, span, span.Begin, Reviewed(span))),
        .. Placed("mn.admin-review", (law, span) => _shapes.Chain(law, span, span.Begin, Reviewed(span))),
    ];

    private IEnumerable<Duty> FosterCare() =>
    [
        .. Placed("fed.review", (law, span) => InCare(law, span, "AdministrativeReview", "CourtReview")),
        .. Placed("fed.permanency-hearing", (law, span) => InCare(law, span, "PermanencyHearing")),
        .. Placed("fed.fifteen-of-22", (law, span) => FifteenOf22(law, span)),
        .. Placed("fed.visit", (law, span) => _shapes.Each(1, law, span, On(_facts.Contacts(span, "CaseworkerVisit")))),
    ];

    private IEnumerable<Duty> Michigan() =>
    [
        .. OfCase("mi.review", (law, span) => _shapes.Grid(law, span, span.Begin, _facts.ReviewsAndVersions(), early: 30)),
        .. OfChild("mi.tribe", (law, span) => known.Find($"participant-{span.Child}") is not { Indian: true } ? []
            : _shapes.Once(law, span, _facts.ComplaintsFor(span, _spans).Append(span.Begin), On(_facts.Contacts(span, "TribalContact")))),
    ];

    private IEnumerable<Duty> Minnesota() =>
    [
        .. OfChild("mn.wellbeing", (law, span) => _shapes.Chain(law, span, span.Begin, _facts.Tools(span, "ChildWellbeing"))),
        .. OfChild("mn.mh-screening", (law, span) =>
            _shapes.Once(law, span, [span.Begin], On(_facts.Tools(span, "MentalHealthScreening")))),
        .. OfChild("mn.dev-screening", (law, span) =>
            _shapes.Once(law, span, _facts.MaltreatedUnderThree(span, _spans), On(_facts.Contacts(span, "ScreeningReferral")))),
        .. OfCase("mn.contact", (law, span) => _shapes.Each(1, law, span, _facts.FamilyMet(span))),
        .. OfCase("mn.providers", (law, span) => _shapes.Each(3, law, span, On(_facts.Contacts(span, "ProviderConsultation")))),
    ];

    private IEnumerable<Duty> OfCase(string id, Func<Law, Span, IEnumerable<Duty>> duties) =>
        InForce(id, law => _spans.OfCase().SelectMany(span => duties(law, span)));

    private IEnumerable<Duty> OfChild(string id, Func<Law, Span, IEnumerable<Duty>> duties) =>
        InForce(id, law => _spans.OfChildren().SelectMany(span => duties(law, span)));

    private IEnumerable<Duty> InForce(string id, Func<Law, IEnumerable<Duty>> duties) =>
        picture.Edition.Find(id) is { } law ? duties(law) : [];

    private IEnumerable<Duty> Child(string id, Func<Law, Span, IEnumerable<Duty>> duties) =>
        InForce(id, law => _spans.OfMembers().SelectMany(span => duties(law, span)));

    private IEnumerable<Duty> Placed(string id, Func<Law, Span, IEnumerable<Duty>> duties) =>
        Child(id, (law, span) => span.Under == Under.Placed ? duties(law, span) : []);

    private IEnumerable<Duty> Initial(Law law, Span span, Dated? anchor, bool orHearing = false, bool signed = false) =>
        anchor is not { } from ? [] : _shapes.Once(law, span, [from], _facts.FirstPlanFor(span, from.On, signed) is { } met ? [met] : [],
            orHearing ? _facts.Hearing(span, from.On) : null);

    private IEnumerable<Duty> Reviews(Law law)
    {
        foreach (var (plan, span, versions) in _facts.EffectiveByPeriod(_spans))
        {
            if (versions.FirstOrDefault() is { } first)
            {
                var on = law.Choice == "plan-date" ? first.PlanDate : first.EffectiveOn!.Value;
                var reviews = known.Holding(Kind.Review).Where(review => review.Plan == plan.Under && review.On >= first.EffectiveOn);
                var acts = reviews.Select(review => new Dated(review.Key, review.On));
                foreach (var duty in _shapes.Chain(law, span, new(Facts.KeyOf(plan, first), on), acts))
                {
                    yield return duty;
                }
            }
        }
    }

    private IEnumerable<Duty> Updates(Law law)
    {
        foreach (var (plan, span, versions) in _facts.EffectiveByPeriod(_spans))
        {
            for (var index = 0; index < versions.Length; index++)
            {
                var met = index + 1 < versions.Length ? versions[index + 1].EffectiveOn : null;
                var judging = met is { } date ? days.Office.EditionOn(date).Find(law.Id) ?? law : law;
                var anchor = new Dated(Facts.KeyOf(plan, versions[index]), versions[index].PlanDate);
                yield return _shapes.Named(law, span, anchor, 1, judging.First.After(anchor.On, days)) with { MetOn = met };
            }
        }
    }

    private IEnumerable<Duty> Decisions(Law law) =>
        from plan in known.Plans
        from version in plan.Versions
        from submission in version.Submissions
        let due = days.WorkingDaysAfter(submission.On, days.Office.DecisionDays)
        select new Duty($"{law.Id}~version:{plan.Id}.v{version.Number}~submission-{submission.Id}~1", law, due, due)
        {
            MetOn = submission.Reply is Reply.Approved or Reply.Returned ? submission.RepliedOn : null,
            TakenBack = submission.Reply is Reply.Recalled or Reply.Withdrawn,
        };

    /// <summary>A fixed grid from entering foster care; where an absence counts as discharge, one for each stay between absences.</summary>
    private IEnumerable<Duty> InCare(Law law, Span span, params string[] meetings) =>
        from stay in law.Choice == "discharge" ? Spans.Stays(span) : [span]
        from duty in _shapes.Grid(law, stay, _facts.Entered(stay), On(_facts.Held(stay, meetings)), fromLast: true)
        select duty;

    private IEnumerable<Duty> FifteenOf22(Law law, Span span)
    {
        var counted = new MonthsInCare([.. _spans.OfMembers().Where(each => each.Child == span.Child && each.Under == Under.Placed)
            .TakeWhile(each => !ReferenceEquals(each, span)).Append(span)], _facts).Reached();
        var away = span.Absences.LastOrDefault(absence => absence.Return is null);
        var duty = _shapes.Once(law, span, [_facts.Entered(span)], []).Single();
        var acts = On(_facts.Determined(span, "PermanencyPetition", "PetitionException"));
        var met = acts.Where(span.Contains).Cast<DateOnly?>().Min();
        yield return duty with { Counted = counted, Due = counted, MetOn = met, AwayFrom = counted >= away?.From ? away.From : null };
    }

    private IEnumerable<Dated> Reviewed(Span span) => _facts.Held(span, "AdministrativeReview", "CourtReview");

    private static DateOnly[] On(IEnumerable<Dated> acts) => [.. acts.Select(act => act.On)];
}
