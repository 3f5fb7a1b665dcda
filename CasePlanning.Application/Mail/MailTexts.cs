using System.Globalization;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Mail;

/// <summary>
/// Writes the mails, plain and HTML. They carry the case number, what is due, when, why and a link; never a name of a child or family,
/// and no narrative.
/// </summary>
public sealed class MailTexts(MailSettings settings)
{
    /// <summary>Lines of one section of a summary; what follows is counted.</summary>
    private const int MostLines = 40;

    /// <summary>A supervisor is asked to decide on a submitted version, once for a request and once more for each transfer of its case.</summary>
    public Message ApprovalRequest(Recipient to, CaseFile file, CasePlan plan, PlanVersion version, DateOnly decideBy, DateTimeOffset now)
    {
        var body = new List<MailPart>();
        body.Add(new MailPart.Paragraph($"Version {version.Number} of the plan of case {file.Number} ({Words.Of(plan.Setting)}) was submitted for your approval on {Day(version.OpenRequest!.SubmittedOn)}."));
        body.Add(new MailPart.Paragraph($"Please decide by {Day(decideBy)}."));
        body.Add(new MailPart.Button("Read and decide", settings.LinkTo(file.Id, plan.Id, version.OpenRequest.Id)));
        return Make(MessageKind.ApprovalRequest, $"request~{version.OpenRequest.Id}~{to.Person.Id}{(file.LastTransfer is { } transfer ? $"~{transfer.Source}" : "")}", to, file.Agency, file.Id, plan.Id, now,
            $"Case {file.Number}: plan to approve{DigestLines.SettingOf(plan.Id)}", $"Please decide by {Day(decideBy)}.", body);
    }

    /// <summary>The submitter learns the answer; <paramref name="kind"/> is a decision, a return or a recall.</summary>
    public Message Answer(MessageKind kind, Recipient to, CaseFile file, CasePlan plan, PlanVersion version, DateTimeOffset now)
    {
        var request = version.Requests[^1];
        var (subject, what) = kind switch
        {
            MessageKind.Decision => ("plan approved", $"was approved and took effect on {Day(request.AnsweredOn!.Value)}"),
            MessageKind.Return => ("plan returned", "was returned to you for changes; the reasons are with the plan"),
            _ => ("plan recalled", "was recalled by its writer; there is nothing to decide for now"),
        };
        var sentence = $"Version {version.Number} of the plan of case {file.Number} ({Words.Of(plan.Setting)}) {what}.";
        var body = new List<MailPart>();
        body.Add(new MailPart.Paragraph(sentence));
        body.Add(new MailPart.Button("Open the plan", settings.LinkTo(file.Id, plan.Id)));
        return Make(kind, $"answer~{request.Id}~{to.Person.Id}", to, file.Agency, file.Id, plan.Id, now, $"Case {file.Number}: {subject}{DigestLines.SettingOf(plan.Id)}", preview: null, body);
    }

    /// <summary>Whoever answers for a case in the agency that receives it learns that it came over.</summary>
    public Message Transferred(Recipient to, CaseFile file, Transfer transfer)
    {
        var sentence = $"Case {file.Number} was transferred to your agency on {Day(transfer.On)}. Nobody is assigned to it yet.";
        var body = new List<MailPart>();
        body.Add(new MailPart.Paragraph(sentence));
        body.Add(new MailPart.Button("Open the case", settings.LinkTo(file.Id)));
        return Make(MessageKind.Transfer, $"transfer~{file.Id}~{transfer.Source}~{to.Person.Id}", to, file.Agency, file.Id, null, transfer.RecordedAt, $"Case {file.Number}: transferred to your agency", preview: null, body);
    }

    /// <summary>A deadline passed yesterday, or on the last working day. Children whose deadlines of one rule and date passed together share one.</summary>
    /// <param name="item">The first of them.</param>
    /// <param name="person">Who is told.</param>
    /// <param name="round">Round of its reminders.</param>
    /// <param name="assignment">The worker's assignment, which begins a new row of mails when it changes.</param>
    public Message Overdue(InboxItem item, Person person, int round, string assignment)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"overdue~{item.Case}~{item.Plan}~{item.Rule}~{item.Due:yyyy-MM-dd}~{round}~{item.Step}~{assignment}~{person.Id}");
        return Make(MessageKind.FirstDayOverdue, key, new Recipient(person, item.Role, item.Because), item.Agency, item.Case, item.Plan, item.RaisedAt, OverdueMail.SubjectOf(item),
            OverdueMail.BodyOf(item, settings.LinkBase)) with
        {
            Items = [item.Key],
        };
    }

    /// <summary>A worker learns that a case is theirs from now on, and how many days are left on each of its clocks.</summary>
    public Message Assigned(Recipient to, CaseFile file, Assignment assignment, IEnumerable<Deadline> open, DateOnly today, DateTimeOffset now)
    {
        var sentence = $"Case {file.Number} is assigned to you since {Day(assignment.On)}.";
        var body = new List<MailPart>();
        body.Add(new MailPart.Paragraph(sentence));
        foreach (var same in DigestLines.Together(open))
        {
            var (plan, due) = (same[0].Plan, same[0].Due);
            body.Add(new MailPart.Entry($"Case {file.Number}", settings.LinkTo(file.Id, plan), DigestLines.WhatOf(same), DigestLines.When(due, today), DigestLines.ToneOf(due, today), []));
        }

        body.Add(new MailPart.Button("Open the case", settings.LinkTo(file.Id)));
        return Make(MessageKind.Assignment, $"assigned~{file.Id}~{assignment.Key}~{to.Person.Id}", to, file.Agency, file.Id, null, now, $"Case {file.Number} is yours", preview: null, body);
    }

    /// <summary>One message for one person and working morning, with everything not mailed yet.</summary>
    /// <param name="inbox">Id of the person whose inbox it empties.</param>
    /// <param name="person">Who reads it: that person, or whoever took over when they left.</param>
    /// <param name="items">What waits.</param>
    /// <param name="date">The agency's date of the morning.</param>
    /// <param name="now">The instant it is stored.</param>
    public Message Digest(string inbox, Person person, IReadOnlyList<InboxItem> items, DateOnly date, DateTimeOffset now)
    {
        var groups = DigestLines.Of(items, date);
        var lines = groups.SelectMany(group => group.Lines).ToArray();
        // What is true of every line is said once.
        var because = lines.All(line => line.Because.SequenceEqual(lines[0].Because, StringComparer.Ordinal)) ? lines[0].Because : [];
        var body = new List<MailPart>();
        foreach (var group in groups)
        {
            body.Add(new MailPart.Heading(group.Title, group.Tone));
            foreach (var line in group.Lines)
            {
                body.Add(new MailPart.Entry($"Case {line.CaseNumber}", settings.LinkTo(line.Case, line.Plan, line.Request), line.What, line.When, group.Tone, because.Count > 0 ? line.Reasons : [.. line.Reasons, .. line.Because.Select(Sentence)]));
            }
        }

        foreach (var why in because)
        {
            body.Add(new MailPart.Paragraph(Sentence(why)));
        }

        var (missed, count) = (lines.Count(line => line.IsMissed), lines.Count(line => !line.IsMissed));
        var overdue = groups.Where(group => group.Tone == Tone.Late).Sum(group => group.Lines.Count);
        string[] counts =
        [
            .. count == 0 ? Array.Empty<string>() : [$"{count} {(count == 1 ? "thing" : "things")} to do"],
            .. overdue == 0 ? Array.Empty<string>() : [$"{overdue} overdue"],
            .. missed == 0 ? Array.Empty<string>() : [$"{missed} missed"],
        ];
        var subject = $"{string.Join(", ", counts)}, {Day(date)}";
        var preview = string.Join(", ", groups.Select(group => $"{group.Title.ToLowerInvariant()}: {group.Lines.Count}"));
        return Make(MessageKind.Digest, DigestKey(inbox, date), new Recipient(person, items[0].Role, null), person.Agency, null, null, now, subject, preview, body) with
        {
            Items = [.. items.Select(item => item.Key)],
        };
    }

    /// <summary>One message a week for somebody who leads units.</summary>
    public Message Summary(UnitSummary summary, DateOnly today, DateTimeOffset now)
    {
        var body = new List<MailPart>();
        Section(body, "Overdue", Tone.Late, summary.Overdue);
        Section(body, "Waiting for a decision", Tone.Now, summary.ToDecide);
        Section(body, "Without a worker", Tone.Now, summary.WithoutWorker);
        Section(body, $"Due by {Day(summary.Until)}", Tone.Soon, summary.Ahead);
        var counts = $"{summary.Overdue.Count} overdue, {summary.ToDecide.Count} to decide, {(summary.WithoutWorker.Count == 0 ? "" : $"{summary.WithoutWorker.Count} without a worker, ")}{summary.Ahead.Count} coming up";
        return Make(MessageKind.WeeklySummary, SummaryKey(summary), summary.To, summary.Leader.Person.Agency, null, null, now, $"Your week from {Day(today)}: {counts}", counts, body);
    }

    /// <summary>The Message-ID of somebody's summary of a week, so that it exists once.</summary>
    public string SummaryId(UnitSummary summary) => settings.IdFor(SummaryKey(summary));

    private static string SummaryKey(UnitSummary summary) => string.Create(CultureInfo.InvariantCulture, $"summary~{summary.Leader.Person.Id}~{summary.Week:yyyy-MM-dd}");

    private void Section(List<MailPart> body, string title, Tone tone, List<SummaryLine> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        body.Add(new MailPart.Heading($"{title}: {lines.Count}", tone));
        foreach (var line in lines.OrderBy(line => line.Due).ThenBy(line => line.CaseNumber, StringComparer.Ordinal).Take(MostLines))
        {
            body.Add(new MailPart.Entry($"Case {line.CaseNumber}", settings.LinkTo(line.Case, line.Plan, line.Request), line.What, line.When, tone, []));
        }

        if (lines.Count > MostLines)
        {
            body.Add(new MailPart.Paragraph($"And {lines.Count - MostLines} more."));
        }
    }

    /// <summary>The Message-ID of a person's digest of a date, so that it exists once.</summary>
    public string DigestId(string person, DateOnly date) => settings.IdFor(DigestKey(person, date));

    internal static string DigestKey(string person, DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"digest~{person}~{date:yyyy-MM-dd}");

    private Message Make(MessageKind kind, string key, Recipient to, string agency, string? caseId, string? plan, DateTimeOffset now, string subject, string? preview, List<MailPart> body) =>
        Make(kind, key, to, agency, caseId, plan, now, subject, new MailBody(preview, to.Because is null ? body : [.. body, Because(to.Because)]));

    private Message Make(MessageKind kind, string key, Recipient to, string agency, string? caseId, string? plan, DateTimeOffset now, string subject, MailBody body)
    {
        return new Message
        {
            Id = settings.IdFor(key, caseId),
            Kind = kind,
            Agency = agency,
            Case = caseId,
            Plan = plan,
            Person = to.Person.Id,
            Role = to.Role,
            Because = to.Because,
            Address = to.Person.Email,
            Subject = subject,
            Body = body,
            StoredAt = now,
            Trace = Telemetry.Here,
            NextAttempt = now,
        };
    }

    internal static MailPart.Paragraph Because(string because) => new(Sentence(because));

    private static string Sentence(string because) => $"You receive this because {because}.";

    internal static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    internal static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];

    internal static string Day(DateOnly date) => date.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);
}
