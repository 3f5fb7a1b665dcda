using System.Globalization;
using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Host.Simulation;

/// <summary>Turns what the stores have come to hold into events: history entries and notices of a case, and mail handed over.</summary>
internal sealed class Telling(UseCases use, string agency, Action<SimulationEvent> tell)
{
    private readonly Dictionary<string, (long Version, int Entries)> _told = [];
    private readonly Dictionary<string, Notice> _notices = [];
    private readonly HashSet<(string Case, string Occurrence, DateOnly Due)> _overdue = [];

    /// <summary>Tells what is new on a case since it was last asked.</summary>
    public async Task Case(string caseId, DateTimeOffset now, CancellationToken ct)
    {
        var told = _told.GetValueOrDefault(caseId);
        if (await use.Stores.Cases.Find(caseId, ct) is not { } record || record.Version == told.Version)
        {
            return;
        }

        var directory = await Directory(ct);
        var history = await use.Stores.Cases.History(caseId, ct);
        _told[caseId] = (record.Version, history.Count);
        var why = Sentences(record, directory, now);
        foreach (var entry in history.Skip(told.Entries))
        {
            tell(Of(entry, record, directory) with { Why = entry.Occurrence is null ? null : why.GetValueOrDefault(entry.Occurrence) });
        }

        var raised = (await use.Stores.Cases.Notices(caseId, ct)).Where(notice => _notices.TryAdd(notice.Key, notice));
        foreach (var notice in raised.OrderBy(notice => notice.Occurrence, StringComparer.Ordinal).ThenBy(notice => notice.Role))
        {
            if (notice.Step != LedgerChange.MissedReport && directory.Calendar.DateAt(notice.RaisedAt) > notice.Due && _overdue.Add((notice.Case, notice.Occurrence, notice.Due)))
            {
                tell(Passed(notice, record, directory) with { Why = why.GetValueOrDefault(notice.Occurrence) });
            }

            foreach (var to in notice.People.Count == 0 ? [null] : notice.People.Select(directory.Person))
            {
                tell(Of(notice, to, record, directory) with { Why = why.GetValueOrDefault(notice.Occurrence) });
            }
        }
    }

    /// <summary>Tells of the mail handed over since it was last asked.</summary>
    public async Task Mail(DateTimeOffset now, CancellationToken ct)
    {
        var directory = await Directory(ct);
        foreach (var message in use.Sent.Take())
        {
            var notice = message.Kind == MessageKind.FirstDayOverdue ? _notices.GetValueOrDefault(message.Items[0].Split('>')[0]) : null;
            tell(new SimulationEvent
            {
                At = directory.Calendar.Local(now),
                Kind = EventKind.Mail,
                Subject = message.Plan is { } plan ? $"plan:{plan}" : message.Case is { } subject ? $"case:{subject}" : null,
                Rule = notice?.Rule,
                Occurrence = notice?.Occurrence,
                Due = notice?.Counted,
                DueRolled = notice?.Due,
                Step = notice?.Step,
                To = new Addressee(directory.Person(message.Person)!.Name, message.Role, message.Address),
                Message = message.Subject,
                Text = message.Text,
                Html = message.Html,
            });
        }
    }

    /// <summary>Tells of every reason for a refusal.</summary>
    public void Refused(Refusal refusal, string? subject, string? number, string did, Person who, DateTimeOffset at)
    {
        foreach (var reason in Expectation.ReasonsOf(refusal))
        {
            tell(new SimulationEvent
            {
                At = at,
                Kind = EventKind.Refusal,
                Case = number,
                Subject = subject,
                Rule = reason.Rule,
                To = new Addressee(who.Name, who.Roles[0], who.Email),
                Message = $"{who.Name} ({did}): {(refusal is Refusal.WrongStage ? $"{refusal.Title} " : "")}{reason.Message}",
            });
        }
    }

    /// <summary>The deadlines of every case on which somebody still has to act, by due date.</summary>
    public async Task<IReadOnlyList<OpenDeadline>> Open(IEnumerable<string> caseIds, DateTimeOffset now, CancellationToken ct)
    {
        var directory = await Directory(ct);
        var open = new List<OpenDeadline>();
        foreach (var caseId in caseIds)
        {
            if (await use.Stores.Cases.Find(caseId, ct) is { } record)
            {
                open.AddRange(Read(record, directory, now).Where(deadline => deadline.IsOpen).Select(deadline => new OpenDeadline(record.File.Number, deadline)));
            }
        }

        return [.. open.OrderBy(each => each.Deadline.Due).ThenBy(each => each.Case, StringComparer.Ordinal).ThenBy(each => each.Deadline.Occurrence, StringComparer.Ordinal)];
    }

    private static IReadOnlyList<Deadline> Read(CaseRecord record, AgencyDirectory directory, DateTimeOffset now) =>
        Agenda.For(record.File, record.Plans, RuleBook.For(directory.Agency), record.Marks, now).Deadlines;

    /// <summary>Why each deadline's date is what it is, by its occurrence.</summary>
    private static Dictionary<string, string> Sentences(CaseRecord record, AgencyDirectory directory, DateTimeOffset now) =>
        Read(record, directory, now).ToDictionary(deadline => deadline.Occurrence, Explanation.SentenceOf, StringComparer.Ordinal);

    private static SimulationEvent Of(HistoryEntry entry, CaseRecord record, AgencyDirectory directory)
    {
        var parts = entry.Occurrence?.Split('~');
        var kind = entry.Kind == "stage" ? EventKind.Stage : parts is null ? EventKind.Act : EventKind.Deadline;
        return new SimulationEvent
        {
            At = directory.Calendar.Local(entry.At),
            Kind = kind,
            Case = LabelOf(record.File.Number, entry.Plan),
            Subject = parts?[1] ?? (entry.Plan is { } plan ? $"plan:{plan}" : $"case:{entry.Case}"),
            Rule = parts?[0],
            Occurrence = entry.Occurrence,
            Due = entry.Occurrence is { } occurrence ? record.Marks.ByOccurrence[occurrence].Counted : null,
            DueRolled = entry.Due,
            Message = kind == EventKind.Act ? $"{directory.Person(entry.By)?.Name ?? entry.By}: {entry.What}{(entry.Reason is null ? "" : $" \"{entry.Reason}\"")}" : entry.What,
        };
    }

    /// <summary>A deadline that nobody has met yet; no act says so, and the first reminder after it does.</summary>
    private static SimulationEvent Passed(Notice notice, CaseRecord record, AgencyDirectory directory) => Of(notice, null, record, directory) with
    {
        Kind = EventKind.Deadline,
        Step = null,
        To = null,
        Message = string.Create(CultureInfo.InvariantCulture, $"{notice.RuleName} due {notice.Due:yyyy-MM-dd} has passed and isn't met."),
    };

    private static SimulationEvent Of(Notice notice, Person? to, CaseRecord record, AgencyDirectory directory)
    {
        var at = directory.Calendar.Local(notice.RaisedAt);
        var subject = notice.Occurrence.Split('~')[1];
        var whose = subject.StartsWith("child:", StringComparison.Ordinal) ? $" [{subject}]" : "";
        var overtakes = notice.Superseded.Count == 0 ? "" : $"; takes the place of the steps {string.Join(", ", notice.Superseded)}";
        return new SimulationEvent
        {
            At = at,
            Kind = EventKind.Notice,
            Case = LabelOf(record.File.Number, notice.Plan),
            Subject = subject,
            Rule = notice.Rule,
            Occurrence = notice.Occurrence,
            Due = notice.Counted,
            DueRolled = notice.Due,
            Step = notice.Step,
            To = new Addressee(to?.Name ?? "nobody", notice.Role, to?.Email),
            Message = string.Create(CultureInfo.InvariantCulture, $"{notice.RuleName}{whose} due {notice.Due:yyyy-MM-dd}, {(notice.Step == LedgerChange.MissedReport ? "was missed" : When(notice.Due.DayNumber - DateOnly.FromDateTime(at.DateTime).DayNumber))}{overtakes}"),
        };
    }

    /// <summary>The case's number and, where it is about a plan, which one.</summary>
    internal static string LabelOf(string number, string? plan) =>
        plan is null ? number : $"{number} {Words.Of(plan == CasePlan.IdFor(CasePlan.CaseOf(plan), Setting.AtHome) ? Setting.AtHome : Setting.OutOfHome)}";

    private static string When(int daysLeft) => daysLeft switch
    {
        0 => "today",
        1 => "tomorrow",
        -1 => "1 day overdue",
        < 0 => string.Create(CultureInfo.InvariantCulture, $"{-daysLeft} days overdue"),
        _ => string.Create(CultureInfo.InvariantCulture, $"in {daysLeft} days"),
    };

    private async Task<AgencyDirectory> Directory(CancellationToken ct) => (await use.Stores.Directory.Find(agency, ct))!;
}
