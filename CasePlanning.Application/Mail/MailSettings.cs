namespace CasePlanning.Application.Mail;

/// <summary>What goes into every mail.</summary>
/// <param name="LinkBase">Address links begin with, without a slash at the end, e.g. <c>http://localhost:5080</c>.</param>
/// <param name="Domain">The part of a Message-ID after the @.</param>
public sealed record MailSettings(string LinkBase, string Domain)
{
    /// <summary>Address of the page of a request to decide on, else of a plan, else of the case.</summary>
    internal string LinkTo(string caseId, string? plan = null, string? request = null) => LinkBase + PathTo(caseId, plan, request);

    /// <summary>The same without what every link begins with.</summary>
    internal static string PathTo(string caseId, string? plan, string? request) =>
        request is not null ? $"/approvals/{request}" : plan is not null ? $"/plans/{plan}" : $"/cases/{caseId}";

    /// <summary>A Message-ID, or the UID of an event; see <see cref="MessageIds"/>.</summary>
    /// <param name="key">What it is the id of.</param>
    /// <param name="caseId">The case that a mail is about.</param>
    internal string IdFor(string key, string? caseId = null) => $"{MessageIds.Of(key, caseId)}@{Domain}";
}
