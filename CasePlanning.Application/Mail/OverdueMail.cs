using CasePlanning.Application.Ports;

namespace CasePlanning.Application.Mail;

/// <summary>The mail of the first day overdue. It says what its inbox item says, and nothing else, so that a store may keep the item alone.</summary>
public static class OverdueMail
{
    /// <summary>A message's subject.</summary>
    public static string SubjectOf(InboxItem item) => $"Case {item.CaseNumber}: {MailTexts.Lower(item.RuleName)} overdue{DigestLines.SettingOf(item.Plan)}";

    /// <summary>What it says, with a link that begins with this.</summary>
    public static MailBody BodyOf(InboxItem item, string linkBase)
    {
        var link = item.Request is not null ? "Read and decide" : item.Plan is null ? "Open the case" : "Open the plan";
        var duty = new MailPart.Overdue(item.RuleName, item.CaseNumber, item.Due, item.Reason, item.Source, link, linkBase + MailSettings.PathTo(item.Case, item.Plan, item.Request));
        return new MailBody(null, item.Because is null ? [duty] : [duty, MailTexts.Because(item.Because)]);
    }

    /// <summary>What the links of a mail about an item begin with; null where it isn't such a mail.</summary>
    public static string? LinkBaseOf(Message message, InboxItem item) =>
        message is { Kind: MessageKind.FirstDayOverdue, Body.Parts: [MailPart.Overdue duty, ..] } && duty.Address.EndsWith(MailSettings.PathTo(item.Case, item.Plan, item.Request), StringComparison.Ordinal)
            ? duty.Address[..^MailSettings.PathTo(item.Case, item.Plan, item.Request).Length]
            : null;
}
