using CasePlanning.Application.Cases;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Loop;

/// <summary>Turns what an agenda asks for into notices, inbox items and immediate mail, as far as one unit of work has room.</summary>
internal sealed class Raising(CaseWork work, MailTexts mail)
{
    public List<Notice> Notices { get; } = [];

    public List<InboxItem> Items { get; } = [];

    public List<Message> Messages { get; } = [];

    /// <summary>Takes changes in their order until the room is used up, and says how many it took.</summary>
    public int Take(Agenda agenda, int room)
    {
        var taken = 0;
        var people = new Dictionary<(Role Role, string? Besides), IReadOnlyList<Recipient>>();
        foreach (var change in agenda.Changes)
        {
            var recipients = change.Step is null ? [] : change.Step.To.Select(role => (Role: role, People: Why(change, role, Of(role, BarredFrom(change.Deadline))))).ToArray();
            var untold = recipients.SelectMany(each => each.People).Select(each => each.Person.Id).ToHashSet(StringComparer.Ordinal);
            var rows = (change.OutcomeChanged ? 1 : 0) + recipients.Length + (untold.Count * (change.Step is { Immediate: true } ? 2 : 1));
            if (rows > room)
            {
                break;
            }

            room -= rows;
            taken++;
            if (change.OutcomeChanged)
            {
                LogOutcome(change);
            }

            foreach (var (role, holders) in recipients)
            {
                Raise(change, role, holders, untold);
            }
        }

        return taken;

        IReadOnlyList<Recipient> Of(Role role, string? besides) => people.TryGetValue((role, besides), out var found) ? found : people[(role, besides)] = work.Recipients(role, besides);
    }

    /// <summary>Somebody a duty comes to only now that it is overdue is told so.</summary>
    private static IReadOnlyList<Recipient> Why(LedgerChange change, Role role, IReadOnlyList<Recipient> holders)
    {
        const string Escalated = "it is overdue and goes up the line";
        var before = change.Deadline.Rule.Steps.Where(step => step.Days <= 0);
        return change.StepDays <= 0 || !before.Any() || before.Any(step => step.To.Contains(role)) ? holders
            : [.. holders.Select(each => each with { Because = each.Because is null ? Escalated : $"{Escalated}; {each.Because}" })];
    }

    /// <summary>Who can't do what is due: decide on what they submitted themselves.</summary>
    private string? BarredFrom(Deadline deadline) => deadline.Rule.Scope == RuleScope.Version && OpenRequest(deadline) is { } request ? work.Directory.BarredFrom(request) : null;

    private ApprovalRequest? OpenRequest(Deadline deadline) => work.Plans.FirstOrDefault(plan => plan.Id == deadline.Plan)?.InPreparation?.OpenRequest;

    /// <summary>One notice per role; somebody who holds several roles is told once.</summary>
    private void Raise(LedgerChange change, Role role, IReadOnlyList<Recipient> holders, HashSet<string> untold)
    {
        var deadline = change.Deadline;
        var step = change.StepName;
        var assignment = work.File.WorkerOn(work.By.Today)?.Source ?? "unassigned";
        var notice = new Notice
        {
            Key = new NoticeKey(work.File.Id, deadline.Occurrence, change.Mark.Round, step, role, assignment).ToString(),
            Case = work.File.Id,
            Plan = deadline.Plan,
            Occurrence = deadline.Occurrence,
            Rule = deadline.Rule.Id,
            RuleName = deadline.Rule.Name,
            Step = step,
            Round = change.Mark.Round,
            Role = role,
            Counted = deadline.Counted,
            Due = deadline.Due,
            RaisedAt = work.By.Now,
            Superseded = change.Superseded,
            People = [.. holders.Select(each => each.Person.Id)],
            Because = holders.Select(each => each.Because).FirstOrDefault(because => because is not null),
        };
        Notices.Add(notice);
        foreach (var recipient in holders.Where(each => untold.Remove(each.Person.Id)))
        {
            var item = Item(notice, deadline, change, recipient);
            if (change.Step!.Immediate && !IsCatchingUp(change))
            {
                item = item with { MailedIn = Send(mail.Overdue(item, recipient.Person, notice.Round, assignment)) };
            }

            Items.Add(item);
        }
    }

    /// <summary>Sends a message; siblings whose deadlines passed together share it.</summary>
    private string Send(Message message)
    {
        var place = Messages.FindIndex(other => other.Id == message.Id);
        if (place < 0)
        {
            Messages.Add(message);
        }
        else
        {
            Messages[place] = Messages[place] with { Items = [.. Messages[place].Items, .. message.Items] };
        }

        return message.Id;
    }

    private InboxItem Item(Notice notice, Deadline deadline, LedgerChange change, Recipient recipient) => new()
    {
        Key = $"{notice.Key}>{recipient.Person.Id}",
        Case = work.File.Id,
        CaseNumber = work.File.Number,
        Plan = notice.Plan,
        Agency = work.File.Agency,
        Person = recipient.Person.Id,
        Role = recipient.Role,
        Because = recipient.Because,
        Occurrence = deadline.Occurrence,
        Rule = deadline.Rule.Id,
        RuleName = deadline.Rule.Name,
        Step = notice.Step,
        Due = deadline.Due,
        Request = deadline.Rule.Scope == RuleScope.Version ? OpenRequest(deadline)?.Id : null,
        MetBy = deadline.Rule.MetBy,
        Source = deadline.Rule.Source,
        Reason = Explanation.WhyOf(deadline),
        RaisedAt = notice.RaisedAt,
        NotBefore = DigestMorning(change, recipient.Person.Mail),
    };

    /// <summary>True for a step whose morning passed while nothing ran: it goes with today's digest, so that an outage ends in one mail and no flood.</summary>
    private bool IsCatchingUp(LedgerChange change) => work.By.Person == CaseWork.System && MorningOf(change) < work.By.Today;

    private DateOnly? MorningOf(LedgerChange change) => change.StepName == LedgerChange.MissedReport
        ? change.Deadline.Closes
        : Deadline.MorningOf(change.StepDays, change.Deadline.Counted, change.Deadline.Due, work.Rules.Calendar);

    /// <summary>
    /// This morning's digest for a step of this morning or one that is caught up with, the next one for whatever somebody entered out of its
    /// time; at the hour the person prefers, and for what isn't mandatory on the first working day of a week where they prefer that.
    /// </summary>
    private DateTimeOffset DigestMorning(LedgerChange change, MailPreferences wants)
    {
        var calendar = work.Rules.Calendar;
        var day = (MorningOf(change) == work.By.Today || IsCatchingUp(change)) && calendar.IsWorkingDay(work.By.Today) ? work.By.Today : calendar.DateAt(calendar.NextMorning(work.By.Now));
        if (wants.Rhythm == DigestRhythm.Weekly && !change.Step!.Mandatory && calendar.FirstOfWeek(day) < day)
        {
            day = calendar.FirstOfWeek(day.AddDays(7));
        }

        return calendar.At(day, wants.Hour ?? calendar.Morning);
    }

    private void LogOutcome(LedgerChange change)
    {
        var deadline = change.Deadline;
        var (kind, what) = change.Mark.Outcome switch
        {
            Outcome.MetOnTime => ("met", $"{deadline.Rule.Name} due {Day(deadline.Due)} was met on {Day(deadline.Met!.On)}{Late(deadline)}."),
            Outcome.MetLate => ("late", $"{deadline.Rule.Name} due {Day(deadline.Due)} was met late, on {Day(deadline.Met!.On)}{Late(deadline)}."),
            Outcome.Missed => ("missed", $"{deadline.Rule.Name} due {Day(deadline.Due)} was missed."),
            Outcome.Ended => ("ended", $"{deadline.Rule.Name} due {Day(deadline.Due)} ended: {deadline.Because}."),
            Outcome.Void => ("void", $"{deadline.Rule.Name} due {Day(deadline.Due)} is void: {deadline.Because}."),
            _ => ("open", $"{deadline.Rule.Name} due {Day(deadline.Due)} is open again."),
        };
        work.Log(kind, what, deadline.Plan, occurrence: deadline.Occurrence, due: deadline.Due);
    }

    private static string Late(Deadline deadline) => deadline.LateEntry ? $" (recorded {Day(deadline.Met!.RecordedOn)})" : "";

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
