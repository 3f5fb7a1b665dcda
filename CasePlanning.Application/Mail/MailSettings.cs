namespace CasePlanning.Application.Mail;

/// <summary>What goes into every mail.</summary>
/// <param name="LinkBase">Address links begin with, without a slash at the end, e.g. <c>http://localhost:5080</c>.</param>
/// <param name="Domain">The part of a Message-ID after the @.</param>
public sealed record MailSettings(string LinkBase, string Domain);
