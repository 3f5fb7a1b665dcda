using System.Text.Json.Serialization;

namespace CasePlanning.Application.Mail;

/// <summary>How much something presses; it colours a heading and its entries.</summary>
public enum Tone { Calm, Soon, Now, Late }

/// <summary>What a mail says, in its order. It is stored so, and laid out as plain text and HTML when it is handed over.</summary>
/// <param name="Preview">What a list of mails shows beside the subject; null where that is its first paragraph.</param>
public sealed record MailBody(string? Preview, IReadOnlyList<MailPart> Parts)
{
    /// <summary>A mail of one sentence.</summary>
    public static MailBody Of(string sentence) => new(null, [new MailPart.Paragraph(sentence)]);
}

/// <summary>A part of a mail.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "part")]
[JsonDerivedType(typeof(Heading), "heading")]
[JsonDerivedType(typeof(Paragraph), "paragraph")]
[JsonDerivedType(typeof(Entry), "entry")]
[JsonDerivedType(typeof(Button), "button")]
[JsonDerivedType(typeof(Overdue), "overdue")]
[JsonDerivedType(typeof(Written), "written")]
public abstract record MailPart
{
    public sealed record Heading(string Title, Tone Tone = Tone.Calm) : MailPart;

    public sealed record Paragraph(string Text) : MailPart;

    /// <summary>Something to do: whose, what, when, and the small print under it.</summary>
    public sealed record Entry(string Label, string Address, string What, string When, Tone Tone, IReadOnlyList<string> Reasons) : MailPart;

    /// <summary>A link to follow.</summary>
    public sealed record Button(string Text, string Address) : MailPart;

    /// <summary>A duty of yesterday or the last working day that isn't on record, with why it was due then, and a link.</summary>
    /// <param name="What">What was due, e.g. "Case plan review".</param>
    /// <param name="CaseNumber">Number of its case.</param>
    /// <param name="Due">The date, in the agency's zone.</param>
    /// <param name="Why">Why that date, in one sentence.</param>
    /// <param name="Source">The law or practice its rule comes from.</param>
    /// <param name="Link">What the link does, in words.</param>
    /// <param name="Address">Where it leads.</param>
    public sealed record Overdue(string What, string CaseNumber, DateOnly Due, string Why, string Source, string Link, string Address) : MailPart;

    /// <summary>A whole mail as it was laid out when it was stored, which is how mail was once kept.</summary>
    public sealed record Written(string Text, string Html) : MailPart;
}
