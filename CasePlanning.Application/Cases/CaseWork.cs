using CasePlanning.Application.Loop;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Cases;

/// <summary>
/// One unit of work on one case: what was loaded, what is decided, and in the end everything that has to be saved together,
/// the notices that fall due with it and the next wakes included.
/// </summary>
public sealed class CaseWork
{
    /// <summary>In whose name a tick works.</summary>
    public const string System = "system";

    private readonly CaseRecord? _before;
    private readonly MailTexts _mail;
    private readonly Dictionary<string, CasePlan> _plans;
    private readonly List<PlanContent> _contents = [];
    private readonly List<PlanProgress> _progress = [];
    private readonly List<HistoryEntry> _history = [];
    private readonly List<Message> _messages = [];

    public CaseWork(CaseRecord? before, CaseFile file, AgencyDirectory directory, MailTexts mail, string by, DateTimeOffset now)
    {
        _before = before;
        _mail = mail;
        File = file;
        Directory = directory;
        Rules = RuleBook.For(directory.Agency);
        var today = Rules.Calendar.DateAt(now);
        By = new Actor(by, now, today)
        {
            StandsInFor = [.. directory.StoodInForBy(by, today)],
        };
        _plans = (before?.Plans ?? []).ToDictionary(plan => plan.Id, StringComparer.Ordinal);
    }

    public CaseFile File { get; private set; }

    public AgencyDirectory Directory { get; private set; }

    public RuleBook Rules { get; private set; }

    public Actor By { get; private set; }

    public IEnumerable<CasePlan> Plans => _plans.Values;

    public IReadOnlyList<PlanView> Views => [.. _plans.Values.Select(plan => PlanView.Of(File, plan, By.Today))];

    /// <summary>True while nothing was decided that has to be saved.</summary>
    public bool IsUntouched => _before is not null && _history.Count == 0 && _contents.Count == 0 && _progress.Count == 0 && _messages.Count == 0
        && ReferenceEquals(File, _before.File) && _before.Plans.All(plan => ReferenceEquals(_plans[plan.Id], plan));

    private long Version => _before?.Version ?? 0;

    /// <summary>The plan as it stands now, or null.</summary>
    public PlanView? View(string planId) => _plans.TryGetValue(planId, out var plan) ? PlanView.Of(File, plan, By.Today) : null;

    /// <summary>True where this unit closes a plan, or the last open one of the case. Its loop sleeps until a wake that has gone, and has to be told.</summary>
    public bool Closes(string subject) => HasClosed(subject, File, _plans.Values) && !(_before is { } before && HasClosed(subject, before.File, before.Plans));

    public void Put(CaseFile file) => File = file;

    /// <summary>Goes on with the case in another agency, whose people, rules and dates count for everything that follows.</summary>
    public void HandOver(CaseFile file, AgencyDirectory receiving)
    {
        (File, Directory, Rules) = (file, receiving, RuleBook.For(receiving.Agency));
        By = By with { Today = Rules.Calendar.DateAt(By.Now) };
    }

    public void Put(CasePlan plan) => _plans[plan.Id] = plan;

    public void Put(PlanContent content) => _contents.Add(content);

    public void Put(PlanProgress progress) => _progress.Add(progress);

    public void Send(Message message) => _messages.Add(message);

    /// <summary>Writes what happened into the case's history.</summary>
    public void Log(string kind, string what, string? plan = null, string? reason = null, string? before = null, string? occurrence = null, DateOnly? due = null) =>
        _history.Add(new HistoryEntry
        {
            Key = FormattableString.Invariant($"{Version + 1:D8}.{_history.Count + 1:D3}"),
            Case = File.Id,
            Plan = plan,
            At = By.Now,
            By = By.Person,
            Kind = kind,
            What = what,
            Reason = reason,
            Before = before,
            Occurrence = occurrence,
            Due = due,
        });

    /// <summary>Brings plans in step with the facts, reads the agenda, raises what is due, and gathers the change to save.</summary>
    public (CaseChange Change, Agenda Agenda) Finish(StoredReply? reply)
    {
        foreach (var plan in PlanDuties.Reconcile(File, [.. _plans.Values.OrderBy(plan => plan.Setting)], By.Person, By.Now, By.Today))
        {
            _plans[plan.Id] = plan;
        }

        var plans = _plans.Values.OrderBy(plan => plan.Setting).ToArray();
        LogStages(plans);
        var marks = _before?.Marks ?? Marks.None;
        var lead = Directory.Person(File.WorkerOn(By.Today)?.Person)?.Mail.ExtraLeadDays ?? 0;
        var agenda = Agenda.For(File, plans, Rules, marks, By.Now, lead);
        TellNewWorker(agenda);
        var raising = new Raising(this, _mail);
        var room = CaseChange.MostRows - 1 - 1 - 1 - plans.Length - _contents.Count - _progress.Count - _history.Count - _messages.Count - agenda.NextWakes.Count - 1;
        var taken = raising.Take(agenda, room);
        var more = taken < agenda.Changes.Count;
        return (new CaseChange
        {
            Case = File.Id,
            ExpectedVersion = Version,
            DecidedWith = new DirectoryState(Directory.Agency.Id, Directory.Revision),
            File = ReferenceEquals(File, _before?.File) ? null : File,
            Plans = [.. plans.Where(plan => !(_before?.Plans ?? []).Contains(plan, ReferenceEqualityComparer.Instance))],
            Contents = _contents,
            Progress = _progress,
            Marks = taken == 0 ? null : marks.With(agenda.Changes.Take(taken).Select(change => KeyValuePair.Create(change.Deadline.Occurrence, change.Mark))),
            History = _history,
            Notices = raising.Notices,
            Inbox = raising.Items,
            Messages = [.. _messages, .. raising.Messages],
            Wakes = [.. agenda.NextWakes.Select(wake => new Wake(wake.Owner, File.Id, more ? By.Now : wake.At))],
            Reply = reply,
        }, agenda);
    }

    /// <summary>Whom to tell of those who hold a role for this case today, at most <see cref="CaseChange.MostTold"/>; not <paramref name="besides"/>, who can't act here.</summary>
    public IReadOnlyList<Recipient> Recipients(Role role, string? besides = null) => [.. Directory.Resolve(role, File, By.Today, besides).Take(CaseChange.MostTold)];

    private bool HasClosed(string subject, CaseFile file, IEnumerable<CasePlan> plans)
    {
        var own = plans.Where(plan => subject == $"case:{file.Id}" || subject == $"plan:{plan.Id}").ToArray();
        return own.Length > 0 && own.All(plan => PlanView.Of(file, plan, By.Today).Stage == Stage.Closed);
    }

    /// <summary>A worker who takes a case over learns what is open on it and how many days are left; one who takes it themselves knows.</summary>
    private void TellNewWorker(Agenda agenda)
    {
        if (File.WorkerOn(By.Today) is { } now && now.Person != _before?.File.WorkerOn(By.Today)?.Person && now.Person != By.Person)
        {
            _messages.AddRange(Recipients(Role.Worker).Select(to => _mail.Assigned(to, File, now, agenda.Deadlines.Where(deadline => deadline.IsOpen), By.Today, By.Now)));
        }
    }

    private void LogStages(IEnumerable<CasePlan> plans)
    {
        foreach (var plan in plans)
        {
            if (ReferenceEquals(File, _before?.File) && _before.Plans.Contains(plan, ReferenceEqualityComparer.Instance))
            {
                continue;
            }

            var before = _before?.Plans.FirstOrDefault(each => each.Id == plan.Id) is { } old ? PlanView.Of(_before.File, old, By.Today).Stage : (Stage?)null;
            var view = PlanView.Of(File, plan, By.Today);
            if (before != view.Stage)
            {
                var why = view.ClosedBecause is { } because ? $": {because}" : "";
                Log("stage", before is null ? $"The plan {Words.Of(plan.Setting)} is {Words.Of(view.Stage)}{why}." : $"The plan {Words.Of(plan.Setting)} went from {Words.Of(before.Value)} to {Words.Of(view.Stage)}{why}.", plan.Id);
            }
        }
    }
}
