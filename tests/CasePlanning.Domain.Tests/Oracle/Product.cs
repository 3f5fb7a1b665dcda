using System.Collections.Concurrent;
using System.Text.Json;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>The product, driven as the application drives it.</summary>
public sealed class Product
{
    public const string Case = "county-1";

    private static readonly ConcurrentDictionary<Office, Agency> Agencies = new();

    private readonly (DateOnly From, Agency Agency)? _receiving;
    private RuleBook _rules;
    private CaseFile _file;
    private IReadOnlyList<CasePlan> _plans = [];
    private Marks _marks = Marks.None;

    public Product(Office office)
    {
        var first = office.ByTransfer ? office with { Editions = [office.Editions[0]] } : office;
        _rules = RuleBook.For(Agencies.GetOrAdd(first, AgencyOf));
        _receiving = office.ByTransfer
            ? (office.Editions[1].From, Agencies.GetOrAdd(office, _ => AgencyOf(office with { Editions = [office.Editions[1] with { From = DateOnly.MinValue }] }) with { Id = "receiving" }))
            : null;
        _file = new CaseFile { Id = Case, Agency = "county", Number = "1" }
            .With(new Assignment { Source = "a1", On = new(1990, 1, 1), Person = "worker" });
    }

    /// <summary>The next instant at which something asks to be looked at.</summary>
    public DateTimeOffset? Wake { get; private set; }

    public Marks Marks => _marks;

    public Clocks.Calendar Calendar => _rules.Calendar;

    /// <summary>Transfers the case on the first day of the other agency's rules; false on any other day.</summary>
    public bool Transfer(DateTimeOffset now, DateOnly today)
    {
        if (_receiving is not { } next || today < next.From || _file.Agency == next.Agency.Id)
        {
            return false;
        }

        var rules = _rules.Of(_file);
        var transfer = new Transfer
        {
            Source = "t1", On = today, From = _file.Agency, To = next.Agency.Id, Reason = "The family moved.", RulesBefore = rules.Before(today),
            DaysOffBefore = [.. rules.Calendar.DaysOff.Between(new(1990, 1, 1), today.AddDays(-1))],
            RecordedAt = now, RecordedOn = today, RecordedBy = "worker",
        };
        _file = Transfers.Apply(_file, transfer, null, new AgencyDirectory(next.Agency, [], []));
        _file = _file.With(new Assignment { Source = "a2", On = today, Person = "worker" });
        _rules = RuleBook.For(next.Agency);
        return true;
    }

    public void Record(Known known, DateTimeOffset now, DateOnly today)
    {
        var before = _file.Find(known.Kind.ToString().ToLowerInvariant(), known.Id);
        _file = _file.With(Given(known) with { RecordedAt = now, RecordedOn = before?.RecordedOn ?? today, RecordedBy = "worker",
            Revision = (before?.Revision ?? 0) + 1 });
        _plans = Reconciled(now, today);
    }

    /// <summary>Brings plans in step and reads the agenda, as every unit of work and every tick does.</summary>
    public Agenda Tick(DateTimeOffset now, DateOnly today)
    {
        _plans = Reconciled(now, today);
        var agenda = Agenda.For(_file, _plans, _rules, _marks, now);
        _marks = _marks.With(agenda.Changes.Select(change => KeyValuePair.Create(change.Deadline.Occurrence, change.Mark)));
        Wake = agenda.NextWakes.Min(wake => wake.At);
        return agenda;
    }

    /// <summary>What would be read now; nothing is kept.</summary>
    public Agenda Look(DateTimeOffset now) => Agenda.For(_file, _plans, _rules, _marks, now);

    /// <summary>The deadlines of the same facts recorded in another order.</summary>
    public IReadOnlyList<Deadline> InAnotherOrder(Random random, DateTimeOffset now)
    {
        var facts = _file.Facts.ToArray();
        random.Shuffle(facts);
        var other = facts.Aggregate(_file with { Facts = [] }, (file, fact) => file.With(fact));
        return Agenda.For(other, _plans, _rules, Marks.None, now).Deadlines;
    }

    /// <summary>Tries something; the plan's stage after it, or null when it was refused, with at least a sentence.</summary>
    public Stage? Try(Doing doing, DateTimeOffset now, DateOnly today)
    {
        if (_plans.FirstOrDefault(plan => plan.Setting == Setting(doing.Under)) is not { } plan)
        {
            return null;
        }

        var view = PlanView.Of(_file, plan, today);
        var result = Act(doing, view, now, today);
        if (result.Refusal is { } refusal)
        {
            Assert.NotEmpty(refusal.Title);
            return null;
        }

        _plans = [.. _plans.Select(other => other.Id == plan.Id ? result.Value : other)];
        return PlanView.Of(_file, result.Value, today).Stage;
    }

    private Result<CasePlan> Act(Doing doing, PlanView view, DateTimeOffset now, DateOnly today)
    {
        var worker = new Actor(_file.WorkerOn(today)?.Person ?? "worker", now, today);
        var supervisor = new Actor("supervisor", now, today);
        if (doing.Deed is Deed.CreateInitial or Deed.CreateUpdate)
        {
            var kind = doing.Deed == Deed.CreateInitial ? CreateKind.Initial : CreateKind.Update;
            var asked = new NewVersion { Kind = kind, PlanDate = doing.PlanDate, FocusChildren = doing.Children, Participants = [] };
            var content = view.InEffect is { } source ? new PlanContent { Plan = view.Plan.Id, Version = source.Number } : null;
            return Lifecycle.Create(_file, view, asked, kind == CreateKind.Update ? view.InEffect : null, content, null, worker)
                .Then(made => (Result<CasePlan>)made.Plan);
        }

        if (doing.Deed is Deed.StartUpdate)
        {
            return Lifecycle.StartUpdate(view, today);
        }

        if (doing.Deed is Deed.TakeBack)
        {
            return Lifecycle.TakeBackUpdate(view);
        }

        var version = doing.Deed == Deed.Rescind ? view.InEffect : view.Plan.InPreparation;
        if ((version ?? LastOf(view.Plan)) is not { } found)
        {
            return Transitions.Refuse(view.Stage,
                PlanActOf(doing.Deed)) ?? throw new InvalidOperationException($"{doing.Deed} is allowed on a plan without versions.");
        }

        return doing.Deed switch
        {
            Deed.Save => Lifecycle.SaveDraft(_file, view, found, new DraftHead(doing.PlanDate, null, doing.Children, []), worker),
            Deed.WithdrawDraft => Lifecycle.WithdrawDraft(view, found),
            Deed.Submit => Lifecycle.Submit(_file, view, found, Full(found, doing.Unsigned), _rules, null, worker),
            Deed.Recall => Lifecycle.Recall(view, found, null, worker),
            Deed.Return => Lifecycle.Return(view, found, "Say more about school.", supervisor),
            Deed.Approve => Lifecycle.Approve(_file, view, found, Full(found), _rules, doing.PlanDateToToday, null, ownApproval: false,
                supervisor),
            _ => Lifecycle.Rescind(view, found, "approved in error"),
        };
    }

    private static PlanVersion? LastOf(CasePlan plan) => plan.Versions.Count == 0 ? null : plan.Versions[^1];

    private IReadOnlyList<CasePlan> Reconciled(DateTimeOffset now, DateOnly today) =>
        PlanDuties.Reconcile(_file, _plans, "system", now, today);

    private static PlanAct PlanActOf(Deed deed) => deed switch
    {
        Deed.Save => PlanAct.SaveDraft,
        Deed.WithdrawDraft => PlanAct.WithdrawDraft,
        Deed.Submit => PlanAct.Submit,
        Deed.Recall => PlanAct.Recall,
        Deed.Return => PlanAct.Return,
        Deed.Approve => PlanAct.Approve,
        _ => PlanAct.Rescind,
    };

    private static Setting Setting(Under under) => under == Under.Home ? Plans.Setting.AtHome : Plans.Setting.OutOfHome;

    /// <param name="unsigned">True when only those sign who have to.</param>
    private PlanContent Full(PlanVersion version, bool unsigned = false) => new()
    {
        Plan = "", Version = version.Number,
        Signatures = [.. version.FocusChildren
            .Where(child => !unsigned || !(_file.Find<Participant>(child)!.AgeOn(version.PlanDate) < 12))
            .Select(child => new Signature { Participant = child, Signed = version.CreatedOn })],
        Cps = new CpsSection
        {
            CaseInformation = "x", Persons = "x", Reasons = "x", FamilyStrengths = "x", FamilyNeeds = "x", Goals = "x",
                WhatMustHappen = "x",
            OtherNeeds = "none", ReviewOn = version.PlanDate, IfBehaviorDoesNotChange = "x",
        },
    };

    private static Agency AgencyOf(Office office) => new()
    {
        Id = "county", Name = "County", Zone = office.Zone, Morning = office.Morning, WorkingDays = office.WorkingDays,
        Holidays = office.Holidays, ApprovalWorkingDays = office.DecisionDays, Packs = office.Editions[0].Packs,
        RuleChanges = [.. office.Editions.Where(edition => edition.From > DateOnly.MinValue || edition.Choices.Count > 0 || edition.Lengths.Count > 0)
            .Select(edition => new RuleChange
        {
            InForceFrom = edition.From, Packs = edition.Packs, By = "adele", At = default, Why = "The county's policy.",
            Layer = new RuleLayer
            {
                Choices = edition.Choices,
                Rules = edition.Lengths.ToDictionary(each => each.Key, each => JsonSerializer.SerializeToElement(new { due = each.Value.AsWritten })),
            },
        })],
    };

    private static Fact Given(Known known)
    {
        var plan = CasePlan.IdFor(Case, Setting(known.Plan));
        var child = known.Child.Length == 0 ? null : known.Child;
        Fact fact = known.Kind switch
        {
            Kind.Opening => new Opening { Source = known.Id, On = known.On },
            Kind.Participant => new Participant
            {
                Source = known.Id, On = known.On, Name = known.Id, Role = ParticipantRole.FocusChild, PersonType = PersonType.Voluntary,
                Until = known.Until, BirthDate = known.Born, IndianChild = known.Indian,
            },
            Kind.Placement => new Placement
            {
                Source = known.Id, On = known.On, Child = known.Child, Setting = Enum.Parse<PlacementSetting>(known.Lives),
            },
            Kind.Review => new PlanReview { Source = known.Id, On = known.On, Plan = plan, Attended = "all" },
            Kind.Closing => new PlanClosing { Source = known.Id, On = known.On, Plan = plan, Reason = "done" },
            Kind.Reopening => new PlanReopening { Source = known.Id, On = known.On, Plan = plan, Reason = "again" },
            Kind.Determination => new Determination
            {
                Source = known.Id, On = known.On, What = Enum.Parse<DeterminationKind>(known.What), Child = child,
            },
            Kind.Contact => new Contact { Source = known.Id, On = known.On, What = Enum.Parse<ContactKind>(known.What), Child = child },
            Kind.Meeting => new Meeting { Source = known.Id, On = known.On, What = Enum.Parse<MeetingKind>(known.What), Child = child },
            Kind.Tool => new ToolCompleted { Source = known.Id, On = known.On, What = Enum.Parse<ToolKind>(known.What), Child = known.Child },
            Kind.Assignment => new Assignment { Source = known.Id, On = known.On, Person = $"worker-{known.Id}" },
            _ => new Excusal { Source = known.Id, On = known.On, Occurrence = known.Occurrence, Until = known.Until!.Value,
                Reason = "child missing" },
        };
        return fact with { Withdrawn = known.Withdrawn ? "entered in error" : null };
    }
}
