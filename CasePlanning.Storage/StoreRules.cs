using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Storage;

/// <summary>What every store decides in the same way.</summary>
internal static class StoreRules
{
    /// <summary>Throws for a unit of work that no store may carry.</summary>
    public static void Check(CaseChange change)
    {
        if (change.Rows > CaseChange.MostRows)
        {
            throw new InvalidOperationException($"A unit of work of case {change.Case} has {change.Rows} rows; the most is {CaseChange.MostRows}.");
        }

        CheckBelonging(change);
        if (change is { ExpectedVersion: 0, File: null })
        {
            throw new InvalidOperationException($"The first unit of work of case {change.Case} has to carry its file.");
        }
    }

    /// <summary>Throws for a row of another case, or an inbox item that would wait for another person.</summary>
    public static void CheckBelonging(CaseChange change)
    {
        if (CasesNamedBy(change).FirstOrDefault(named => named != change.Case) is { } other)
        {
            throw new InvalidOperationException($"A unit of work of case {change.Case} has a row of case {other}.");
        }

        if (change.Inbox.FirstOrDefault(item => PersonOf(item.Key) != item.Person) is { } item)
        {
            throw new InvalidOperationException($"The key of inbox item {item.Key} has to end with '>{item.Person}'.");
        }
    }

    public static InvalidOperationException NoAgency(string agency) => new($"There is no agency '{agency}'. Save the agency before its units and people.");

    /// <summary>The people who hold or held an assignment to the case.</summary>
    public static IEnumerable<string> Assigned(CaseFile file) => file.Of<Assignment>().Select(assignment => assignment.Person).Distinct(StringComparer.Ordinal);

    public static bool IsPendingApproval(CasePlan plan) => plan.Versions.Any(version => version.Status == VersionStatus.PendingApproval);

    public static bool HasSubject(Person person, string subject) => string.Equals(person.Subject, subject, StringComparison.Ordinal);

    /// <summary>The person an inbox item waits for, as its key says.</summary>
    public static string PersonOf(string itemKey) => itemKey[(itemKey.LastIndexOf('>') + 1)..];

    /// <summary>Addresses are compared by this.</summary>
    public static string Folded(string address) => address.ToUpperInvariant();

    /// <summary>When to wake after a unit of work: as it decided, or, where its directory has changed since, by the instant that change hastened to.</summary>
    public static DateTimeOffset? DueAfter(DateTimeOffset? decided, DirectoryState? decidedWith, DirectoryState? now, DateTimeOffset? hastenedTo) =>
        decidedWith is null || now is null || decidedWith == now || hastenedTo is null || decided <= hastenedTo ? decided : hastenedTo;

    /// <summary>The case a plan's id names; the id itself where it names none.</summary>
    public static string CaseOf(string plan) => plan.Contains('.', StringComparison.Ordinal) ? CasePlan.CaseOf(plan) : plan;

    /// <summary>The case that <c>plan:…</c> or <c>case:…</c> names.</summary>
    public static string CaseOfSubject(string subject) =>
        subject.StartsWith("plan:", StringComparison.Ordinal) ? CaseOf(subject[5..]) : subject.StartsWith("case:", StringComparison.Ordinal) ? subject[5..] : subject;

    private static IEnumerable<string?> CasesNamedBy(CaseChange change) =>
    [
        .. change.File is { } file ? [file.Id] : Array.Empty<string?>(),
        .. change.Plans.Select(plan => plan.Case),
        .. change.Contents.Select(content => CaseOf(content.Plan)),
        .. change.Progress.Select(progress => CaseOf(progress.Plan)),
        .. change.History.Select(entry => entry.Case),
        .. change.Notices.Select(notice => notice.Case),
        .. change.Inbox.Select(item => item.Case),
        .. change.Messages.Select(message => message.Case),
        .. change.Wakes.Select(wake => wake.Case),
        .. change.Wakes.Select(wake => CaseOfSubject(wake.Subject)),
    ];
}
