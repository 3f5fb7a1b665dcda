using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Application.Mail;

/// <summary>
/// Writes the mail that tells somebody that a message didn't reach a colleague. It names the colleague, the case number and why;
/// only who may know of the case learns what the message said.
/// </summary>
public sealed class UndeliveredTexts(MailSettings settings)
{
    /// <summary>The Message-ID of a person's digest of a date.</summary>
    public string DigestId(string person, DateOnly date) => settings.IdFor(MailTexts.DigestKey(person, date));

    /// <summary>The id of what a person is told about a message or mailbox, so that they are told of it once.</summary>
    /// <param name="about">Id of the message that failed first, or the name of the time a mailbox has been dead.</param>
    /// <param name="person">Id of who is told.</param>
    public string IdFor(string about, string person) => settings.IdFor($"undelivered~{about}~{person}");

    /// <summary>Tells the next in line, with what the message said.</summary>
    public Message ToNextInLine(Message lost, string about, Person missed, Recipient to, string? caseNumber, IReadOnlyList<string> waiting, DateTimeOffset now) => Make(
        lost, about, to, caseNumber, now,
        [
            Sentence(lost, missed, caseNumber),
            .. waiting.Count == 0 ? Array.Empty<string>() : [$"What it said about {Cases(waiting)} is in your next digest."],
            .. lost.Kind == MessageKind.Digest ? Array.Empty<string>() : [$"It said: {lost.Subject}", .. lost.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            $"You receive this because {to.Because ?? $"{missed.Name} could not be reached"}.",
        ],
        lost.Case is null ? ("Open CasePlanning", settings.LinkBase) : ("Open the case", settings.LinkTo(lost.Case)));

    /// <summary>Tells an administrator, who is to put the address right.</summary>
    public Message ToAdministrator(Message lost, string about, Person missed, Person administrator, string? caseNumber, IReadOnlyList<string> cases, DateTimeOffset now) => Make(
        lost, about, new Recipient(administrator, Role.Administrator, null), caseNumber, now,
        [
            Sentence(lost, missed, caseNumber),
            .. cases.Count == 0 ? Array.Empty<string>() : [$"It was about {Cases(cases)}, and waits for the next digest of whoever is next in line."],
            lost.Kind == MessageKind.Undelivered ? "It was to say that another message reached nobody." : "The next in line is told as well.",
            $"Correct the address of {missed.Name}, or record an absence with a cover; what is still worth sending can then be released, all of it at once.",
            "Until mail arrives there again you aren't told of more that doesn't; all of it is listed.",
        ],
        ("Mail that could not be delivered", $"{settings.LinkBase}/mail"));

    private static string Sentence(Message lost, Person missed, string? caseNumber)
    {
        var what = lost.Kind == MessageKind.Digest ? "The digest" : caseNumber is null ? "A message" : $"A message about case {caseNumber}";
        return $"{what} to {missed.Name} ({lost.Address}) could not be delivered: {lost.LastError}";
    }

    private static string Cases(IReadOnlyList<string> numbers) => $"{(numbers.Count == 1 ? "case" : "cases")} {string.Join(", ", numbers)}";

    private Message Make(Message lost, string about, Recipient to, string? caseNumber, DateTimeOffset now, IReadOnlyList<string> lines, (string Text, string Address) link)
    {
        var subject = caseNumber is null ? "A message could not be delivered" : $"Case {caseNumber}: a message could not be delivered";
        var body = new List<MailPart>();
        foreach (var line in lines)
        {
            body.Add(new MailPart.Paragraph(line));
        }

        body.Add(new MailPart.Button(link.Text, link.Address));
        return new Message
        {
            Id = IdFor(about, to.Person.Id),
            Kind = MessageKind.Undelivered,
            Agency = lost.Agency,
            Case = lost.Case,
            Plan = lost.Plan,
            Person = to.Person.Id,
            Role = to.Role,
            Because = to.Because,
            Address = to.Person.Email,
            Subject = subject,
            Body = new MailBody(null, body),
            About = lost.About ?? lost.Id,
            StoredAt = now,
            Trace = Telemetry.Here,
            NextAttempt = now,
        };
    }
}
