using System.Text.Json;
using System.Text.Json.Nodes;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Storage.Documents;

/// <summary>Every kind of document that is stored. A renamed or reshaped property gets an upcaster here and a stored sample that must still open.</summary>
internal static class StoredDocuments
{
    public static DocumentType<CaseFile> CaseFile { get; } = new("case file");

    /// <summary>Marks were first stored by the names of their occurrences, then in rows.</summary>
    public static DocumentType<Marks> Marks { get; } = new("set of marks", InRows);

    public static DocumentType<CasePlan> Plan { get; } = new("case plan");

    public static DocumentType<PlanContent> Content { get; } = new("plan version");

    public static DocumentType<PlanProgress> Progress { get; } = new("progress record");

    public static DocumentType<HistoryEntry> History { get; } = new("history entry");

    public static DocumentType<Notice> Notice { get; } = new("notice");

    public static DocumentType<InboxItem> InboxItem { get; } = new("inbox item");

    /// <summary>A message was first stored as it was laid out, then as what it says, and then with what is overdue as facts, which a release before has no words for.</summary>
    public static DocumentType<Message> Message { get; } = new("message", Unlaid, message => message);

    public static DocumentType<StoredReply> Reply { get; } = new("reply");

    public static DocumentType<Agency> Agency { get; } = new("agency");

    public static DocumentType<Unit> Unit { get; } = new("unit");

    public static DocumentType<Person> Person { get; } = new("person");

    private static JsonNode InRows(JsonNode marks)
    {
        var named = marks["byOccurrence"].Deserialize<Dictionary<string, Mark>>(StorageJson.Options)!;
        return JsonSerializer.SerializeToNode(Domain.Clocks.Marks.None.With(named), StorageJson.Options)!;
    }

    private static JsonNode Unlaid(JsonNode message)
    {
        message["body"] = new JsonObject
        {
            ["preview"] = "",
            ["parts"] = new JsonArray(new JsonObject { ["part"] = "written", ["text"] = message["text"]!.DeepClone(), ["html"] = message["html"]!.DeepClone() }),
        };
        return message;
    }
}
