using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Storage.Memory;

/// <summary>The rows, and the one lock around them. What is kept is a copy, read back from its stored form, and never changes.</summary>
internal sealed class MemoryTables
{
    private readonly Lock _gate = new();

    public Dictionary<string, MemoryCase> Cases { get; } = [];

    public Dictionary<string, Wake> Wakes { get; } = [];

    /// <summary>By agency: its directory's state, and the instant the last change of it hastened to.</summary>
    public Dictionary<string, (DirectoryState State, DateTimeOffset? HastenedTo)> Directories { get; } = [];

    public Dictionary<(string Case, string Key), InboxItem> Inbox { get; } = [];

    /// <summary>Keys of the inbox items no mail has carried.</summary>
    public HashSet<(string Case, string Key)> Unmailed { get; } = [];

    public Dictionary<string, Message> Messages { get; } = [];

    /// <summary>Ids of the messages still to be sent.</summary>
    public HashSet<string> Unsent { get; } = [];

    public Dictionary<string, StoredReply> Replies { get; } = [];

    /// <summary>The latest instant a reply was asked for; what was kept until then has expired.</summary>
    public DateTimeOffset LatestNow { get; set; }

    public Task<T> Run<T>(Func<T> work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(work());
        }
    }

    public Task Run(Action work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_gate)
        {
            work();
            return Task.CompletedTask;
        }
    }

    /// <summary>Puts a message in place and keeps the list of those still to be sent.</summary>
    public void Put(Message message)
    {
        Messages[message.Id] = message;
        if (message.State == MessageState.Waiting)
        {
            Unsent.Add(message.Id);
        }
        else
        {
            Unsent.Remove(message.Id);
        }
    }

    /// <summary>Takes away what still waits in an agency's inboxes about a case.</summary>
    public void TakeBack(string caseId, string agency)
    {
        foreach (var key in Unmailed.Where(key => key.Case == caseId && Inbox[key].Agency == agency).ToArray())
        {
            Inbox.Remove(key);
            Unmailed.Remove(key);
        }
    }

    /// <summary>Puts an inbox item in place and keeps the list of those waiting.</summary>
    public void Put(InboxItem item)
    {
        Inbox[(item.Case, item.Key)] = item;
        if (item.MailedIn is null)
        {
            Unmailed.Add((item.Case, item.Key));
        }
        else
        {
            Unmailed.Remove((item.Case, item.Key));
        }
    }
}

internal sealed class MemoryCase
{
    public long Version { get; set; }

    public required CaseFile File { get; set; }

    public Marks Marks { get; set; } = Marks.None;

    public SortedDictionary<string, CasePlan> Plans { get; } = new(StringComparer.Ordinal);

    public Dictionary<(string Plan, int Version), PlanContent> Contents { get; } = [];

    public Dictionary<(string Plan, int Version), PlanProgress> Progress { get; } = [];

    public SortedDictionary<string, HistoryEntry> History { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Notice> Notices { get; } = [];
}
