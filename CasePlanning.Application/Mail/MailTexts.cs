using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Mail;

/// <summary>
/// Writes the mails, plain and HTML. They carry the case number, what is due, when, why and a link; never a name of a child or family,
/// and no narrative.
/// </summary>
public sealed class MailTexts(MailSettings settings)
{
    /// <summary>A supervisor is asked to decide on a submitted version, once for a request and once more for each transfer of its case.</summary>
    public Message ApprovalRequest(Recipient to, CaseFile file, CasePlan plan, PlanVersion version, DateOnly decideBy, DateTimeOffset now) =>
        Make(MessageKind.ApprovalRequest, $"request~{version.OpenRequest!.Id}~{to.Person.Id}{(file.LastTransfer is { } transfer ? $"~{transfer.Source}" : "")}", to, file.Agency, file.Id, plan.Id, now,
            $"Case {file.Number}: plan to approve{DigestLines.SettingOf(plan.Id)}",
            [
                $"Version {version.Number} of the plan of case {file.Number} ({Words.Of(plan.Setting)}) was submitted for your approval on {Day(version.OpenRequest.SubmittedOn)}.",
                $"Please decide by {Day(decideBy)}.",
                .. Because(to),
            ],
            ("Read and decide", $"{settings.LinkBase}/approvals/{version.OpenRequest.Id}"));

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
        return Make(kind, $"answer~{request.Id}~{to.Person.Id}", to, file.Agency, file.Id, plan.Id, now,
            $"Case {file.Number}: {subject}{DigestLines.SettingOf(plan.Id)}",
            [$"Version {version.Number} of the plan of case {file.Number} ({Words.Of(plan.Setting)}) {what}.", .. Because(to)],
            ("Open the plan", PlanLink(plan.Id)));
    }

    /// <summary>Whoever answers for a case in the agency that receives it learns that it came over.</summary>
    public Message Transferred(Recipient to, CaseFile file, Transfer transfer) =>
        Make(MessageKind.Transfer, $"transfer~{file.Id}~{transfer.Source}~{to.Person.Id}", to, file.Agency, file.Id, null, transfer.RecordedAt,
            $"Case {file.Number}: transferred to your agency",
            [$"Case {file.Number} was transferred to your agency on {Day(transfer.On)}. Nobody is assigned to it yet.", .. Because(to)],
            ("Open the case", CaseLink(file.Id)));

    /// <summary>A deadline passed yesterday, or on the last working day.</summary>
    public Message Overdue(InboxItem item, Person person) =>
        Make(MessageKind.FirstDayOverdue, $"overdue~{item.Key}", new Recipient(person, item.Role, item.Because), item.Agency, item.Case, item.Plan, item.RaisedAt,
            $"Case {item.CaseNumber}: {Lower(item.RuleName)} overdue{DigestLines.SettingOf(item.Plan)}",
            [$"{item.RuleName} of case {item.CaseNumber} was due on {Day(item.Due)} and is not on record.", item.Reason, $"Source: {item.Source}.", .. item.Because is null ? [] : new[] { $"You receive this because {item.Because}." }],
            ("Open the plan", item.Plan is null ? CaseLink(item.Case) : PlanLink(item.Plan))) with
        {
            Items = [item.Key],
        };

    /// <summary>One message for one person and working morning, with everything not mailed yet.</summary>
    /// <param name="inbox">Id of the person whose inbox it empties.</param>
    /// <param name="person">Who reads it: that person, or whoever took over when they left.</param>
    /// <param name="items">What waits.</param>
    /// <param name="date">The agency's date of the morning.</param>
    /// <param name="now">The instant it is stored.</param>
    public Message Digest(string inbox, Person person, IReadOnlyList<InboxItem> items, DateOnly date, DateTimeOffset now)
    {
        var groups = DigestLines.Of(items, date);
        var text = new StringBuilder();
        var html = new StringBuilder();
        foreach (var group in groups)
        {
            text.Append(group.Title).Append('\n');
            html.Append(CultureInfo.InvariantCulture, $"<h2 style=\"{Style.Heading}\">{Encode(group.Title)}</h2>");
            foreach (var line in group.Lines)
            {
                var link = line.Plan is null ? CaseLink(line.Case) : PlanLink(line.Plan);
                text.Append(CultureInfo.InvariantCulture, $"- Case {line.CaseNumber}: {line.What}, {line.When}\n");
                foreach (var reason in line.Reasons)
                {
                    text.Append("  ").Append(reason).Append('\n');
                }

                text.Append("  ").Append(link).Append('\n');
                html.Append(CultureInfo.InvariantCulture, $"<p style=\"{Style.Line}\"><a style=\"{Style.Link}\" href=\"{Encode(link)}\">Case {Encode(line.CaseNumber)}</a>: {Encode(line.What)}, <strong>{Encode(line.When)}</strong>");
                foreach (var reason in line.Reasons)
                {
                    html.Append(CultureInfo.InvariantCulture, $"<br><span style=\"{Style.Small}\">{Encode(reason)}</span>");
                }

                html.Append("</p>");
            }

            text.Append('\n');
        }

        var count = groups.Sum(group => group.Lines.Count);
        var subject = count == 1 ? $"1 thing to do, {Day(date)}" : $"{count} things to do, {Day(date)}";
        return new Message
        {
            Id = IdFor(DigestKey(inbox, date)),
            Kind = MessageKind.Digest,
            Agency = person.Agency,
            Person = person.Id,
            Role = items[0].Role,
            Address = person.Email,
            Subject = subject,
            Text = text.ToString().TrimEnd() + "\n",
            Html = Page(subject, html.ToString()),
            Items = [.. items.Select(item => item.Key)],
            StoredAt = now,
            NextAttempt = now,
        };
    }

    /// <summary>The Message-ID of a person's digest of a date, so that it exists once.</summary>
    public string DigestId(string person, DateOnly date) => IdFor(DigestKey(person, date));

    private static string DigestKey(string person, DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"digest~{person}~{date:yyyy-MM-dd}");

    private Message Make(
        MessageKind kind, string key, Recipient to, string agency, string caseId, string? plan, DateTimeOffset now, string subject, IReadOnlyList<string> lines, (string Text, string Address) link) => new()
        {
            Id = IdFor(key),
            Kind = kind,
            Agency = agency,
            Case = caseId,
            Plan = plan,
            Person = to.Person.Id,
            Role = to.Role,
            Address = to.Person.Email,
            Subject = subject,
            Text = $"{string.Join("\n\n", lines)}\n\n{link.Text}: {link.Address}\n",
            Html = Page(subject, string.Concat(lines.Select(line => $"<p style=\"{Style.Line}\">{Encode(line)}</p>")) + $"<p style=\"{Style.Line}\"><a style=\"{Style.Button}\" href=\"{Encode(link.Address)}\">{Encode(link.Text)}</a></p>"),
            StoredAt = now,
            NextAttempt = now,
        };

    private string IdFor(string key) => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16))}@{settings.Domain}";

    private string PlanLink(string plan) => $"{settings.LinkBase}/plans/{plan}";

    private string CaseLink(string caseId) => $"{settings.LinkBase}/cases/{caseId}";

    private static string[] Because(Recipient to) => to.Because is null ? [] : [$"You receive this because {to.Because}."];

    private static string Page(string title, string body) =>
        $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Encode(title)}</title></head><body style=\"{Style.Body}\"><h1 style=\"{Style.Title}\">{Encode(title)}</h1>{body}</body></html>";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];

    internal static string Day(DateOnly date) => date.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    private static class Style
    {
        public const string Body = "margin:0 auto;max-width:36em;padding:16px;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1b1f24;background:#fff";
        public const string Title = "font-size:20px;line-height:1.3;margin:0 0 12px";
        public const string Heading = "font-size:16px;margin:24px 0 4px;padding-bottom:4px;border-bottom:1px solid #d5d9de";
        public const string Line = "margin:8px 0";
        public const string Small = "font-size:14px;color:#57606a";
        public const string Link = "color:#0b57d0;font-weight:600";
        public const string Button = "display:inline-block;padding:10px 18px;border-radius:6px;background:#0b57d0;color:#fff;text-decoration:none;font-weight:600";
    }
}
