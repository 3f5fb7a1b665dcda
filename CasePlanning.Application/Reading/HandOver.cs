using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Reading;

/// <summary>Something somebody expects: said in a plan, a review or a supervisor's review, with its date where it has one.</summary>
/// <param name="By">The day it is expected by, in the agency's zone; null where none was given.</param>
/// <param name="Who">Who does it, as the plan has it; null where it isn't said.</param>
/// <param name="Source">Where it was said, e.g. <c>service objective</c>.</param>
public sealed record Promise(string What, DateOnly? By, string? Who, string Source);

/// <summary>An open deadline with the days left; negative when overdue.</summary>
public sealed record BriefDeadline(string Occurrence, string Name, DateOnly Due, int DaysLeft, DeadlineStatus Status, string Sentence);

/// <summary>A running plan in a brief.</summary>
public sealed record BriefPlan
{
    public required string Id { get; init; }

    public required Setting Setting { get; init; }

    public required Stage Stage { get; init; }

    /// <summary>Source ids of its focus children today.</summary>
    public required IReadOnlyList<string> FocusChildren { get; init; }

    /// <summary>Number of the version in effect, or null.</summary>
    public int? InEffect { get; init; }

    /// <summary>Number of the version being prepared, or null.</summary>
    public int? InPreparation { get; init; }

    public required IReadOnlyList<BriefDeadline> Deadlines { get; init; }

    /// <summary>What the version in effect and the last review promise, by date; what has none comes last.</summary>
    public required IReadOnlyList<Promise> Promised { get; init; }
}

/// <summary>What somebody who takes a case over needs on the first day.</summary>
public sealed record CaseBrief
{
    public required string Case { get; init; }

    public required string CaseNumber { get; init; }

    /// <summary>Id of the worker assigned today, or null.</summary>
    public string? Worker { get; init; }

    /// <summary>The day the worker's assignment began.</summary>
    public DateOnly? AssignedOn { get; init; }

    /// <summary>The plans that aren't closed.</summary>
    public required IReadOnlyList<BriefPlan> Plans { get; init; }

    /// <summary>The case's own open deadlines.</summary>
    public required IReadOnlyList<BriefDeadline> Deadlines { get; init; }

    /// <summary>The last contact of each kind.</summary>
    public required IReadOnlyList<Contact> LastContacts { get; init; }

    /// <summary>The last supervisor's review, or null; what to expect in the next 90 days is part of it (MI-16).</summary>
    public Meeting? LastSupervision { get; init; }
}

/// <summary>Writes the briefs with which cases change hands. They hold narrative, so they are read by those who may see the case and never mailed.</summary>
public sealed class HandOver(ICaseStore cases)
{
    public async Task<Result<CaseBrief>> Of(Caller caller, string caseId, CancellationToken ct) =>
        await cases.Find(caseId, ct) is { } record && Access.MaySee(caller, record.File)
            ? await Brief(caller, record, ct)
            : new Refusal.NotFound($"Case {caseId}");

    /// <summary>A brief for each open case that a person is the worker of, the most pressing first; for that person, those above them and administrators.</summary>
    public async Task<Result<IReadOnlyList<CaseBrief>>> OfPerson(Caller caller, string personId, CancellationToken ct)
    {
        if (caller.Directory.Person(personId) is not { } person)
        {
            return new Refusal.NotFound($"Person {personId}");
        }

        var unit = caller.Directory.Unit(person.Unit);
        if (caller.Person.Id != personId && !caller.Is(Role.Administrator) && !Stands(unit?.Supervisor) && !Stands(unit?.Manager))
        {
            return new Refusal.Forbidden("A hand-over is read by whoever leaves, those above them, and administrators.");
        }

        var briefs = new List<CaseBrief>();
        foreach (var listing in await cases.Cases(caller.Person.Agency, ct, personId))
        {
            if (await cases.Find(listing.Case, ct) is { } record && Access.MaySee(caller, record.File) && record.File.WorkerOn(caller.Today)?.Person == personId)
            {
                briefs.Add(await Brief(caller, record, ct));
            }
        }

        return briefs.Where(brief => brief.Plans.Count > 0 || brief.Deadlines.Count > 0).OrderBy(FirstDue).ThenBy(brief => brief.CaseNumber, StringComparer.Ordinal).ToArray();

        bool Stands(string? leader) => leader is not null && Access.StandsFor(caller, leader);
    }

    private static DateOnly FirstDue(CaseBrief brief) =>
        brief.Plans.SelectMany(plan => plan.Deadlines).Concat(brief.Deadlines).Select(deadline => deadline.Due).DefaultIfEmpty(DateOnly.MaxValue).Min();

    private async Task<CaseBrief> Brief(Caller caller, CaseRecord record, CancellationToken ct)
    {
        var (file, today) = (record.File, caller.Today);
        var agenda = Agenda.For(file, record.Plans, RuleBook.For(caller.Directory.Agency), record.Marks, caller.Now);
        var open = agenda.Deadlines.Where(deadline => deadline.IsOpen).ToLookup(
            deadline => deadline.Plan,
            deadline => new BriefDeadline(deadline.Occurrence, deadline.Rule.Name, deadline.Due, deadline.Due.DayNumber - today.DayNumber, deadline.Status, Explanation.SentenceOf(deadline)));
        var plans = new List<BriefPlan>();
        foreach (var view in agenda.Plans.Where(view => view.Stage != Stage.Closed))
        {
            plans.Add(new BriefPlan
            {
                Id = view.Plan.Id,
                Setting = view.Plan.Setting,
                Stage = view.Stage,
                FocusChildren = [.. view.FocusChildren(today)],
                InEffect = view.InEffect?.Number,
                InPreparation = view.Plan.InPreparation?.Number,
                Deadlines = [.. open[view.Plan.Id]],
                Promised = await Promised(file, view, ct),
            });
        }

        var worker = file.WorkerOn(today);
        return new CaseBrief
        {
            Case = file.Id,
            CaseNumber = file.Number,
            Worker = worker?.Person,
            AssignedOn = worker?.On,
            Plans = plans,
            Deadlines = [.. open[null]],
            LastContacts = [.. file.Of<Contact>().GroupBy(contact => contact.What).Select(same => same.Last()).OrderByDescending(contact => contact.On)],
            LastSupervision = file.Of<Meeting>().LastOrDefault(meeting => meeting.What == MeetingKind.SupervisorReview),
        };
    }

    private async Task<IReadOnlyList<Promise>> Promised(CaseFile file, PlanView view, CancellationToken ct)
    {
        var promises = new List<Promise>();
        if (view.InEffect is { } version && await cases.FindContent(view.Plan.Id, version.Number, ct) is { } content)
        {
            var progress = await cases.FindProgress(view.Plan.Id, version.Number, ct);
            promises.AddRange(content.ServiceObjectives.Where(objective => progress?.For(objective.Id)?.Met != Met.Yes)
                .Select(objective => new Promise(objective.Objective, objective.ProjectedCompletion, file.NameOf(objective.Participant), "service objective")));
            promises.AddRange(content.TargetGroups.SelectMany(group => group.Conditions).SelectMany(condition => condition.Goals).SelectMany(goal => goal.Services)
                .Where(service => service.Status is ServiceStatus.Planned or ServiceStatus.Active)
                .Select(service => new Promise(service.Category, service.Ends, service.ResponsibleName is { Length: > 0 } name ? name : service.Responsible.ToString(), "service")));
            promises.AddRange(content.Cps?.ReviewOn is { } review ? [new Promise("The plan is reviewed with the family.", review, null, "CPS plan")] : []);
        }

        if (file.Of<PlanReview>().LastOrDefault(review => review.Plan == view.Plan.Id) is { Services: { Length: > 0 } services } last)
        {
            promises.Add(new Promise(services, null, last.Attended, FormattableString.Invariant($"review of {last.On:yyyy-MM-dd}")));
        }

        return [.. promises.OrderBy(promise => promise.By ?? DateOnly.MaxValue)];
    }
}
