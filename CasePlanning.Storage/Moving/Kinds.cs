using System.Text.Json;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Moving;

/// <summary>The kinds of lines in an exported folder, each a file of its own: <c>{"of":…,"document":…}</c>, where <c>of</c> is the case or agency.</summary>
internal static class Kinds
{
    /// <summary>Raised when a line or the manifest changes its form; a document changes its schema instead.</summary>
    public const int Format = 1;

    /// <summary>Owner of what belongs to no case and no agency.</summary>
    public const string Nobody = "";

    public static Kind<DirectoryLine> Directories { get; } = new("directories", new("directory"));

    public static Kind<Agency> Agencies { get; } = new("agencies", StoredDocuments.Agency);

    public static Kind<Unit> Units { get; } = new("units", StoredDocuments.Unit);

    public static Kind<Person> People { get; } = new("people", StoredDocuments.Person);

    public static Kind<CalendarFeed> Feeds { get; } = new("feeds", new("calendar feed"));

    public static Kind<CaseLine> Cases { get; } = new("cases", new("case"));

    public static Kind<CaseFile> Files { get; } = new("files", StoredDocuments.CaseFile);

    public static Kind<Marks> Marks { get; } = new("marks", StoredDocuments.Marks);

    public static Kind<CasePlan> Plans { get; } = new("plans", StoredDocuments.Plan);

    public static Kind<PlanContent> Contents { get; } = new("contents", StoredDocuments.Content);

    public static Kind<PlanProgress> Progress { get; } = new("progress", StoredDocuments.Progress);

    public static Kind<HistoryEntry> History { get; } = new("history", StoredDocuments.History);

    public static Kind<Notice> Notices { get; } = new("notices", StoredDocuments.Notice);

    public static Kind<InboxItem> Inbox { get; } = new("inbox", StoredDocuments.InboxItem);

    public static Kind<Message> Messages { get; } = new("messages", StoredDocuments.Message);

    public static Kind<Wake> Wakes { get; } = new("wakes", new("wake"));

    public static Kind<StoredReply> Replies { get; } = new("replies", StoredDocuments.Reply);

    public static IReadOnlyList<Kind> All { get; } =
        [Directories, Agencies, Units, People, Feeds, Cases, Files, Marks, Plans, Contents, Progress, History, Notices, Inbox, Messages, Wakes, Replies];
}

/// <param name="Revision">How often the agency's directory was saved.</param>
internal sealed record DirectoryLine(long Revision, DateTimeOffset? HastenedTo);

/// <param name="Version">How many units of work were saved for the case.</param>
internal sealed record CaseLine(long Version);

internal abstract record Kind(string Name, int Schema)
{
    public string FileName => $"{Name}.jsonl";
}

internal sealed record Kind<T>(string Name, DocumentType<T> Type) : Kind(Name, Type.Schema)
    where T : class
{
    public byte[] Line(string owner, T document) =>
        [.. "{\"of\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(owner, StorageJson.Options), .. ",\"document\":"u8, .. Type.Write(document), .. "}\n"u8];

    /// <summary>Throws <see cref="JsonException"/> or <see cref="InvalidDataException"/> for a line that can't be read.</summary>
    public (string Owner, T Document) Read(int schema, string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("of", out var owner) && owner.ValueKind == JsonValueKind.String
            && json.RootElement.TryGetProperty("document", out var document)
            ? (owner.GetString()!, Type.Read(schema, System.Text.Encoding.UTF8.GetBytes(document.GetRawText())))
            : throw new InvalidDataException("it isn't {\"of\":…,\"document\":…}.");
    }
}
