using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Documents;

/// <summary>
/// A notice without what stands in the columns beside it, and without what its key says. A key that says something else, or isn't of the usual parts, is
/// known when the notice is written, and then the document says it all; so do older ones.
/// </summary>
internal static class NoticeBesideKey
{
    private const string OfPlan = "plan:";
    private static readonly string[] InColumns = [nameof(Notice.Key), nameof(Notice.Case), nameof(Notice.RaisedAt)];
    private static readonly DocumentType<Notice> Full = StoredDocuments.Notice.Without(InColumns);
    private static readonly DocumentType<Notice> Short = StoredDocuments.Notice.Without(
        [.. InColumns, nameof(Notice.Occurrence), nameof(Notice.Rule), nameof(Notice.Round), nameof(Notice.Step), nameof(Notice.Role)]);

    public static int Schema => Full.Schema;

    public static byte[] Write(Notice notice)
    {
        if (NoticeKey.Read(notice.Key) is not { } key)
        {
            return Full.Write(notice);
        }

        var plan = PlanIn(key);
        var saysSo = (key.Occurrence, key.Rule, key.Round, key.Step, key.Role) == (notice.Occurrence, notice.Rule, notice.Round, notice.Step, notice.Role);
        return !saysSo || (notice.Plan ?? plan) != notice.Plan ? Full.Write(notice)
            : Short.Write(plan == notice.Plan ? notice with { Plan = null } : notice);
    }

    /// <summary>The notice of a document and its columns, as it was written.</summary>
    public static Notice Read(long schema, ReadOnlySpan<byte> utf8, string caseId, string key, DateTimeOffset raisedAt)
    {
        var notice = Short.Read(schema, utf8) with { Case = caseId, Key = key, RaisedAt = raisedAt };
        return notice.Occurrence is not null ? notice
            : NoticeKey.Read(key) is { } said ? With(said, notice)
            : throw new InvalidDataException($"The stored notice {key} says neither in its document nor in its key what it is of.");
    }

    private static Notice With(NoticeKey key, Notice notice) =>
        notice with { Plan = notice.Plan ?? PlanIn(key), Occurrence = key.Occurrence, Rule = key.Rule, Round = key.Round, Step = key.Step, Role = key.Role };

    /// <summary>The plan, where it is the subject.</summary>
    private static string? PlanIn(NoticeKey key) => key.Subject is var subject && subject.StartsWith(OfPlan, StringComparison.Ordinal) ? subject[OfPlan.Length..] : null;
}
