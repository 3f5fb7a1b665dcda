using System.Globalization;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Api.Resources;

/// <summary>An entry of the desk as one row of a table.</summary>
public sealed record DeskRow
{
    public required DeskTime Time { get; init; }

    public required DateOnly Due { get; init; }

    public required int DaysLeft { get; init; }

    public required DeadlineStatus Status { get; init; }

    public DateOnly? ExcusedUntil { get; init; }

    public required bool Forecast { get; init; }

    public required string CaseNumber { get; init; }

    public string? Plan { get; init; }

    public string? Unit { get; init; }

    public string? Worker { get; init; }

    public required string What { get; init; }

    public required IReadOnlyList<string> Children { get; init; }

    public required IReadOnlyList<string> Rules { get; init; }

    public required IReadOnlyList<string> Sentences { get; init; }

    public required IReadOnlyList<string> Sources { get; init; }

    public required string Link { get; init; }

    internal static IEnumerable<DeskRow> Of(Desk desk) => desk.Groups.SelectMany(group => group.Entries, (group, entry) => new DeskRow
    {
        Time = group.Time,
        Due = entry.Due,
        DaysLeft = entry.DaysLeft,
        Status = entry.Status,
        ExcusedUntil = entry.ExcusedUntil,
        Forecast = entry.Forecast,
        CaseNumber = entry.CaseNumber,
        Plan = entry.Plan,
        Unit = entry.Unit,
        Worker = entry.Worker,
        What = entry.What,
        Children = Once(entry.Duties.Select(duty => duty.Child).OfType<string>()),
        Rules = Once(entry.Duties.Select(duty => duty.Rule)),
        Sentences = Once(entry.Duties.Select(duty => duty.Sentence)),
        Sources = Once(entry.Duties.Select(duty => duty.Source)),
        Link = entry.Link,
    });

    private static string[] Once(IEnumerable<string> texts) => [.. texts.Distinct(StringComparer.Ordinal)];
}

/// <summary>One worker's week as one row of a table.</summary>
public sealed record WorkloadRow
{
    public string? Unit { get; init; }

    public required string Worker { get; init; }

    public string? Name { get; init; }

    public required int Cases { get; init; }

    public required int Overdue { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required int Due { get; init; }

    /// <summary>How many of each rule.</summary>
    public required IReadOnlyList<string> ByRule { get; init; }

    /// <summary>The worker's absences in this week, with who stands in.</summary>
    public required IReadOnlyList<string> Away { get; init; }

    internal static IEnumerable<WorkloadRow> Of(Workload load) => load.Workers.SelectMany(worker => worker.Weeks, (worker, week) => new WorkloadRow
    {
        Unit = worker.Unit,
        Worker = worker.Worker,
        Name = worker.Name,
        Cases = worker.Cases,
        Overdue = worker.Overdue,
        From = week.From,
        To = week.To,
        Due = week.Due,
        ByRule = [.. week.ByRule.Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Key} {rule.Value}"))],
        Away = [.. worker.Absences.Where(absence => absence.From <= week.To && absence.To >= week.From).Select(Written)],
    });

    private static string Written(AbsenceAhead absence) =>
        string.Create(CultureInfo.InvariantCulture, $"{absence.From:yyyy-MM-dd} to {absence.To:yyyy-MM-dd}, {(absence.Cover is { } cover ? $"covered by {cover}" : "not covered")}");
}
