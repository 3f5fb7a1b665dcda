using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Application.People;

/// <summary>One open deadline that a change touches; dates as rolled, null where it isn't there before or after.</summary>
public sealed record MovedDeadline(string Case, string CaseNumber, string Occurrence, string Rule, string Name, DateOnly? Before, DateOnly? After);

/// <summary>What a change of an agency would do to its open deadlines.</summary>
/// <param name="Open">Open deadlines as they now are.</param>
public sealed record MovedDeadlines(int Cases, int Open, int Moved, int New, int Gone, IReadOnlyList<MovedDeadline> Deadlines);

/// <summary>Compares two states of an agency over all its cases; nothing is saved.</summary>
public sealed class DeadlineComparison(ICaseStore cases)
{
    /// <param name="before">The agency as it is.</param>
    /// <param name="after">The agency as it would be.</param>
    /// <param name="now">The instant at which every case is read under both.</param>
    /// <param name="shows">Deadlines of the cases it refuses are counted and not listed.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<MovedDeadlines> Compare(Agency before, Agency after, DateTimeOffset now, Func<CaseFile, bool> shows, CancellationToken ct)
    {
        var (old, @new) = (RuleBook.For(before), RuleBook.For(after));
        var listed = new List<MovedDeadline>();
        var (count, open, moved, added, gone) = (0, 0, 0, 0, 0);
        await foreach (var record in cases.Each(before.Id, ct))
        {
            count++;
            var then = Open(record, old, now);
            var next = Open(record, @new, now);
            open += then.Count;
            var pairs = then.Keys.Union(next.Keys, StringComparer.Ordinal)
                .Select(key => (Before: then.GetValueOrDefault(key), After: next.GetValueOrDefault(key)))
                .Where(pair => pair.Before?.Due != pair.After?.Due).ToArray();
            moved += pairs.Count(pair => pair is { Before: not null, After: not null });
            added += pairs.Count(pair => pair.Before is null);
            gone += pairs.Count(pair => pair.After is null);
            listed.AddRange(pairs.Where(_ => shows(record.File)).Select(pair => Line(record.File, (pair.After ?? pair.Before)!, pair.Before?.Due, pair.After?.Due)));
        }

        return new MovedDeadlines(count, open, moved, added, gone, [.. listed.OrderBy(each => each.After ?? each.Before).ThenBy(each => each.Case, StringComparer.Ordinal).ThenBy(each => each.Occurrence, StringComparer.Ordinal)]);
    }

    private static MovedDeadline Line(CaseFile file, Deadline deadline, DateOnly? before, DateOnly? after) =>
        new(file.Id, file.Number, deadline.Occurrence, deadline.Rule.Id, deadline.Rule.Name, before, after);

    private static Dictionary<string, Deadline> Open(CaseRecord record, RuleBook rules, DateTimeOffset now) =>
        Agenda.For(record.File, record.Plans, rules, record.Marks, now).Deadlines.Where(deadline => deadline.IsOpen).ToDictionary(deadline => deadline.Occurrence, StringComparer.Ordinal);
}
