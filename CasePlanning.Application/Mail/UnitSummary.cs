using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Mail;

/// <summary>Somebody who leads units, in their own name or another's.</summary>
/// <param name="Units">Ids of the units, each with why it is they where it isn't the unit's supervisor.</param>
public sealed record UnitLeader(Person Person, Role Role, IReadOnlyDictionary<string, string?> Units)
{
    /// <summary>Stands for the unit of cases that have none.</summary>
    public const string NoUnit = "";
}

/// <summary>A line of a weekly summary.</summary>
/// <param name="Request">Id of the request to decide on, where that is what it is about.</param>
public sealed record SummaryLine(string Case, string CaseNumber, string? Plan, string What, string When, DateOnly Due, string? Request = null);

/// <summary>What a weekly summary says to somebody who leads units.</summary>
/// <param name="Week">The first working day of its week.</param>
/// <param name="Until">The last due date it looks ahead to.</param>
public sealed record UnitSummary(UnitLeader Leader, DateOnly Week, DateOnly Until)
{
    private readonly SortedSet<string> _because = new(StringComparer.Ordinal);

    /// <summary>Who gets it, and why they do, as far as its lines are about units that aren't theirs to supervise.</summary>
    public Recipient To => new(Leader.Person, Leader.Role, _because.Count == 0 ? null : string.Join(" and ", _because));

    public List<SummaryLine> Overdue { get; } = [];

    public List<SummaryLine> ToDecide { get; } = [];

    public List<SummaryLine> WithoutWorker { get; } = [];

    public List<SummaryLine> Ahead { get; } = [];

    public bool IsEmpty => Count == 0;

    private int Count => Overdue.Count + ToDecide.Count + WithoutWorker.Count + Ahead.Count;

    /// <summary>Takes what a case of one of the units has to say.</summary>
    public void Add(string unit, CaseRecord record, Agenda agenda, AgencyDirectory directory, DateOnly today)
    {
        var before = Count;
        Add(record, agenda, directory, today);
        if (Count > before && Leader.Units[unit] is { } because)
        {
            _because.Add(because);
        }
    }

    private void Add(CaseRecord record, Agenda agenda, AgencyDirectory directory, DateOnly today)
    {
        var file = record.File;
        var worker = directory.Person(file.WorkerOn(today)?.Person);
        if (worker is not { Active: true } && agenda.Plans.Any(view => view.Stage != Stage.Closed))
        {
            WithoutWorker.Add(new SummaryLine(file.Id, file.Number, null, "No worker", worker is null ? "nobody is assigned" : $"{worker.Name} has left", today));
        }

        foreach (var version in record.Plans.Select(plan => (Plan: plan.Id, Version: plan.InPreparation)).Where(each => each.Version?.OpenRequest is not null))
        {
            var request = version.Version!.OpenRequest!;
            var decideBy = directory.DecideBy(request);
            var by = directory.Person(request.SubmittedBy)?.Name ?? request.SubmittedBy;
            ToDecide.Add(new SummaryLine(file.Id, file.Number, version.Plan, $"Version {version.Version.Number} submitted by {by}{DigestLines.SettingOf(version.Plan)}", DigestLines.When(decideBy, today), decideBy, request.Id));
        }

        var open = agenda.Deadlines.Where(deadline => deadline is { IsOpen: true, Status: not DeadlineStatus.Excused } && deadline.Due <= Until && deadline.Rule.Scope != RuleScope.Version);
        foreach (var same in DigestLines.Together(open))
        {
            var (plan, due) = (same[0].Plan, same[0].Due);
            (due < today ? Overdue : Ahead).Add(new SummaryLine(file.Id, file.Number, plan, DigestLines.WhatOf(same), $"{DigestLines.When(due, today)}{(worker is null ? "" : $" ({worker.Name})")}", due));
        }
    }
}
