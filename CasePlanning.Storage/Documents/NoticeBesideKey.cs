using System.Globalization;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Storage.Documents;

/// <summary>
/// A notice without what stands in the columns beside it, and without what its key says. A key that says something else, or isn't of the usual parts, is
/// known when the notice is written, and then the document says it all; so do older ones.
/// </summary>
internal static class NoticeBesideKey
{
    private const int Parts = 9;
    private const string OfPlan = "plan:";
    private static readonly string[] InColumns = [nameof(Notice.Key), nameof(Notice.Case), nameof(Notice.RaisedAt)];
    private static readonly DocumentType<Notice> Full = StoredDocuments.Notice.Without(InColumns);
    private static readonly DocumentType<Notice> Short = StoredDocuments.Notice.Without(
        [.. InColumns, nameof(Notice.Occurrence), nameof(Notice.Rule), nameof(Notice.Round), nameof(Notice.Step), nameof(Notice.Role)]);

    public static int Schema => Full.Schema;

    public static byte[] Write(Notice notice)
    {
        var key = notice.Key.Split('~');
        var without = notice.Plan == PlanIn(key) ? notice with { Plan = null } : notice;
        return With(key, without) == notice ? Short.Write(without) : Full.Write(notice);
    }

    /// <summary>The notice of a document and its columns, as it was written.</summary>
    public static Notice Read(long schema, ReadOnlySpan<byte> utf8, string caseId, string key, DateTimeOffset raisedAt)
    {
        var notice = Short.Read(schema, utf8) with { Case = caseId, Key = key, RaisedAt = raisedAt };
        return notice.Occurrence is null
            ? With(key.Split('~'), notice) ?? throw new InvalidDataException($"The stored notice {key} says neither in its document nor in its key what it is of.")
            : notice;
    }

    /// <summary>The notice with what its key says, or null. The parts are its case, rule, subject, anchor, cycle, round, step, role and assignment.</summary>
    private static Notice? With(string[] key, Notice notice) =>
        key.Length == Parts && int.TryParse(key[5], NumberStyles.None, CultureInfo.InvariantCulture, out var round) && Enum.TryParse<Role>(key[7], out var role)
            ? notice with { Plan = notice.Plan ?? PlanIn(key), Occurrence = string.Join('~', key[1..5]), Rule = key[1], Round = round, Step = key[6], Role = role }
            : null;

    /// <summary>The plan, where it is the subject.</summary>
    private static string? PlanIn(string[] key) => key.Length == Parts && key[2].StartsWith(OfPlan, StringComparison.Ordinal) ? key[2][OfPlan.Length..] : null;
}
