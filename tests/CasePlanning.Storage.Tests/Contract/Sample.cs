using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Storage.Tests.Contract;

/// <summary>Small documents for tests; what a test is about it sets itself.</summary>
public static class Sample
{
    public static DateTimeOffset Noon { get; } = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static DateOnly Day { get; } = new(2026, 3, 2);

    /// <summary>The first unit of work of a case.</summary>
    public static CaseChange Opened(string id, string agency = "sample") => new() { Case = id, ExpectedVersion = 0, File = File(id, agency) };

    public static CaseChange Next(string id, long version) => new() { Case = id, ExpectedVersion = version };

    public static CaseFile File(string id, string agency = "sample", params Fact[] facts) =>
        new() { Id = id, Agency = agency, Number = $"No. {id}", Unit = "intake", Facts = facts };

    public static Assignment Assignment(string source, string person, string? withdrawn = null) =>
        new() { Source = source, On = Day, Person = person, Withdrawn = withdrawn };

    public static CasePlan Plan(string caseId, VersionStatus status = VersionStatus.Draft, Setting setting = Setting.OutOfHome) => new()
    {
        Id = CasePlan.IdFor(caseId, setting),
        Case = caseId,
        Setting = setting,
        Versions =
        [
            new PlanVersion
            {
                Number = 1, Kind = VersionKind.Initial, Status = status, PlanDate = Day, EndDate = Day.AddMonths(6),
                FocusChildren = ["daniel"], CreatedOn = Day, CreatedBy = "ines",
            },
        ],
    };

    public static HistoryEntry Entry(string caseId, string key, string by = "ines") =>
        new() { Case = caseId, Key = key, At = Noon, By = by, Kind = "recorded", What = "A placement was recorded." };

    public static Notice Notice(string caseId, string key, DateTimeOffset? raisedAt = null) => new()
    {
        Case = caseId, Key = key, Occurrence = "default.initial~child:daniel~opening-1~1", Rule = "default.initial", RuleName = "Initial case plan",
        Step = "-14", Round = 1, Role = Role.Worker, Counted = Day, Due = Day, RaisedAt = raisedAt ?? Noon, People = ["ines"],
    };

    /// <param name="key">The notice's key; the item's ends with the person.</param>
    public static InboxItem Item(string caseId, string key, string person = "ines", DateTimeOffset? notBefore = null) => new()
    {
        Case = caseId, Key = $"{key}>{person}", CaseNumber = $"No. {caseId}", Agency = "sample", Person = person, Role = Role.Worker,
        Occurrence = "default.initial~child:daniel~opening-1~1", Rule = "default.initial", RuleName = "Initial case plan", Step = "-14", Due = Day,
        MetBy = "approval", Source = "WIC 16501.1", Reason = "60 days from removal.", RaisedAt = Noon, NotBefore = notBefore ?? Noon,
    };

    public static Message Message(string id, DateTimeOffset? nextAttempt = null, string agency = "sample") => new()
    {
        Id = id, Kind = MessageKind.Digest, Agency = agency, Person = "ines", Role = Role.Worker, Address = "ines@county.example",
        Subject = "Due soon", Body = MailBody.Of("One deadline."), StoredAt = Noon, NextAttempt = nextAttempt ?? Noon,
    };

    public static StoredReply Reply(string key, DateTimeOffset? keptUntil = null, string body = "{}") =>
        new() { Key = key, BodyHash = "c0ffee", Status = 201, Body = body, KeptUntil = keptUntil ?? Noon.AddHours(24) };

    public static Wake Wake(string caseId, DateTimeOffset? due, string plan = "") => new(plan.Length == 0 ? $"case:{caseId}" : $"plan:{caseId}.{plan}", caseId, due);

    public static Agency Agency(string id = "sample", int revision = 1) => new() { Id = id, Name = $"{id} county", Zone = "America/Chicago", Revision = revision };

    public static Unit Unit(string id, string agency = "sample", int revision = 1) => new() { Id = id, Agency = agency, Name = id, Revision = revision };

    public static Person Person(string id, string agency = "sample", int revision = 1) => new()
    {
        Id = id, Agency = agency, Name = id, Email = $"{id}@County.example", Roles = [Role.Worker], Revision = revision,
    };
}
