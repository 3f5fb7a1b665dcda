using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Bench.World;

/// <summary>A case with its plans and what was raised for it by an instant.</summary>
internal sealed record KnownCase(CaseFile File, IReadOnlyList<CasePlan> Plans, Marks Marks, IReadOnlyList<NextWake> Wakes)
{
    /// <summary>The case as its last look left it: every step that was due by the instant is taken.</summary>
    public static KnownCase At(CaseFile file, IReadOnlyList<CasePlan> plans, RuleBook rules, DateTimeOffset now)
    {
        var agenda = Agenda.For(file, plans, rules, Marks.None, now);
        var marks = Marks.None.With(agenda.Changes.Select(change => KeyValuePair.Create(change.Deadline.Occurrence, change.Mark)));
        return new(file, plans, marks, Agenda.For(file, plans, rules, marks, now).NextWakes);
    }
}

/// <summary>Invented cases with a plan in effect, told from the day their plan took effect.</summary>
internal static class Cases
{
    /// <summary>A child at home whose plan took effect on a day; visits each month, and nothing else done since.</summary>
    public static (CaseFile File, IReadOnlyList<CasePlan> Plans) AtHome(string agency, int number, string worker, DateOnly effective, DateOnly today)
    {
        var id = $"{agency}-{number:D7}";
        var opened = effective.AddDays(-20);
        Fact[] facts =
        [
            new Opening { Source = "opening", On = opened },
            new Participant { Source = "child", On = opened, Name = "Child", Role = ParticipantRole.FocusChild, PersonType = PersonType.Voluntary, BirthDate = opened.AddYears(-9) },
            new Participant { Source = "parent", On = opened, Name = "Parent", Role = ParticipantRole.Parent },
            new Assessment { Source = "safety", On = opened.AddDays(3), What = AssessmentKind.Safety },
            new Assignment { Source = "assigned", On = opened, Person = worker },
            .. Visits(effective, today, ContactKind.FamilyMet),
        ];
        return (FileOf(id, agency, number, facts), [PlanOf(id, Setting.AtHome, worker, effective)]);
    }

    /// <summary>A placed child in a court case, seven months after the opening, with what its state's rules ask for done but for what comes next.</summary>
    public static (CaseFile File, IReadOnlyList<CasePlan> Plans) Placed(string agency, int number, string worker, DateOnly opened, DateOnly today)
    {
        var id = $"{agency}-{number:D7}";
        var effective = opened.AddDays(20);
        var plan = CasePlan.IdFor(id, Setting.OutOfHome);
        Fact[] facts =
        [
            new Opening { Source = "opening", On = opened },
            new Participant { Source = "child", On = opened, Name = "Child", Role = ParticipantRole.FocusChild, PersonType = PersonType.Cps, BirthDate = opened.AddYears(-4) },
            new Participant { Source = "parent", On = opened, Name = "Parent", Role = ParticipantRole.Parent },
            new Placement { Source = "placed", On = opened, Child = "child", Setting = PlacementSetting.FosterHome },
            new Determination { Source = "response", On = opened, What = DeterminationKind.InPersonResponse },
            new Determination { Source = "services", On = opened.AddDays(10), What = DeterminationKind.ServicesNeeded },
            new Determination { Source = "finding", On = opened.AddDays(30), What = DeterminationKind.JudicialFinding, Child = "child" },
            new Assessment { Source = "safety", On = opened.AddDays(3), What = AssessmentKind.Safety },
            new Assignment { Source = "assigned", On = opened, Person = worker },
            new PlanReview { Source = "review-1", On = effective.AddDays(80), Plan = plan, Attended = "everybody" },
            new PlanReview { Source = "review-2", On = effective.AddDays(160), Plan = plan, Attended = "everybody" },
            new Meeting { Source = "filed", On = opened.AddDays(40), What = MeetingKind.PlanFiledWithCourt },
            new Meeting { Source = "court-1", On = opened.AddDays(170), What = MeetingKind.CourtReview },
            new ToolCompleted { Source = "wellbeing", On = opened.AddDays(25), What = ToolKind.ChildWellbeing, Child = "child" },
            new ToolCompleted { Source = "screening", On = opened.AddDays(25), What = ToolKind.MentalHealthScreening, Child = "child" },
            .. Visits(opened, today, ContactKind.FamilyMet),
            .. Visits(opened, today, ContactKind.CaseworkerVisit),
            .. Visits(opened, today, ContactKind.ProviderConsultation).Where((_, index) => index % 3 == 0),
        ];
        return (FileOf(id, agency, number, facts), [PlanOf(id, Setting.OutOfHome, worker, effective)]);
    }

    private static IEnumerable<Contact> Visits(DateOnly from, DateOnly to, ContactKind what)
    {
        var number = 0;
        for (var on = from.AddDays(5); on < to; on = on.AddMonths(1))
        {
            yield return new Contact { Source = $"{what}-{++number}", On = on, What = what, Narrative = "Seen at home; the family tells of a calm month, and agrees to go on." };
        }
    }

    private static CaseFile FileOf(string id, string agency, int number, IEnumerable<Fact> facts) => facts
        .Select(fact => fact with { RecordedOn = fact.On, RecordedAt = new DateTimeOffset(fact.On.ToDateTime(new(18, 0)), TimeSpan.Zero), RecordedBy = "worker" })
        .Aggregate(new CaseFile { Id = id, Agency = agency, Number = $"{number:D7}" }, (file, fact) => file.With(fact)) with
    { Revision = 1 };

    private static CasePlan PlanOf(string caseId, Setting setting, string worker, DateOnly effective)
    {
        var id = CasePlan.IdFor(caseId, setting);
        var submitted = effective.AddDays(-2);
        return new CasePlan
        {
            Id = id,
            Case = caseId,
            Setting = setting,
            Versions =
            [
                new PlanVersion
                {
                    Number = 1,
                    Kind = VersionKind.Initial,
                    Status = VersionStatus.InEffect,
                    PlanDate = effective,
                    EndDate = PlanVersion.DefaultEnd(effective),
                    FocusChildren = ["child"],
                    Participants = ["parent"],
                    CreatedOn = submitted.AddDays(-5),
                    CreatedBy = worker,
                    EffectiveOn = effective,
                    SignedOn = effective,
                    Requests =
                    [
                        new ApprovalRequest
                        {
                            Id = $"{id}.v1.1", SubmittedBy = worker, SubmittedAt = At(submitted), SubmittedOn = submitted,
                            Answer = ApprovalAnswer.Approved, AnsweredBy = "supervisor-0", AnsweredAt = At(effective), AnsweredOn = effective,
                        },
                    ],
                },
            ],
        };
    }

    private static DateTimeOffset At(DateOnly date) => new(date.ToDateTime(new(17, 0)), TimeSpan.Zero);
}
