using System.Globalization;
using System.Net;
using System.Text;

namespace CasePlanning.Application.Mail;

/// <summary>
/// Lays a mail out as plain text and as HTML, part by part, so that neither says more than the other. The HTML is one column of inline styles,
/// which mail programs on a phone and on a desktop both keep.
/// </summary>
internal static class MailLayout
{
    private const string Ink = "color:#1b1f24";
    private const string Quiet = "color:#57606a;font-size:14px;line-height:1.45";

    public static string Text(MailBody body)
    {
        if (body.Parts is [MailPart.Written whole])
        {
            return whole.Text;
        }

        var text = new StringBuilder();
        foreach (var part in PartsOf(body))
        {
            _ = part switch
            {
                MailPart.Heading heading => text.Append(CultureInfo.InvariantCulture, $"{heading.Title.ToUpperInvariant()}\n\n"),
                MailPart.Paragraph paragraph => text.Append(CultureInfo.InvariantCulture, $"{paragraph.Text}\n\n"),
                MailPart.Entry entry => text.Append(CultureInfo.InvariantCulture, $"- {entry.Label}: {entry.What}, {entry.When}\n{string.Concat(entry.Reasons.Select(reason => $"  {reason}\n"))}  {entry.Address}\n\n"),
                MailPart.Button button => text.Append(CultureInfo.InvariantCulture, $"{button.Text}: {button.Address}\n\n"),
                _ => throw new InvalidOperationException($"A {part.GetType().Name} has no layout."),
            };
        }

        return text.ToString().TrimEnd() + "\n";
    }

    /// <param name="title">Title of the page.</param>
    /// <param name="body">What it says.</param>
    public static string Html(string title, MailBody body)
    {
        if (body.Parts is [MailPart.Written whole])
        {
            return whole.Html;
        }

        var html = new StringBuilder();
        foreach (var part in PartsOf(body))
        {
            _ = part switch
            {
                MailPart.Heading heading => html.Append(CultureInfo.InvariantCulture, $"<h2 style=\"font-size:14px;letter-spacing:.04em;text-transform:uppercase;margin:24px 0 4px;color:{ColourOf(heading.Tone)}\">{Encode(heading.Title)}</h2>\n"),
                MailPart.Paragraph paragraph => html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:12px 0\">{Encode(paragraph.Text)}</p>\n"),
                MailPart.Entry entry => html.Append(CultureInfo.InvariantCulture, $"<div style=\"margin:12px 0;padding:2px 0 2px 12px;border-left:4px solid {ColourOf(entry.Tone)}\"><a href=\"{Encode(entry.Address)}\" style=\"color:#0b57d0;font-weight:600;text-decoration:none\">{Encode(entry.Label)}</a><br><strong>{Encode(entry.What)}</strong><br><span style=\"color:{ColourOf(entry.Tone)}\">{Encode(MailTexts.Capital(entry.When))}</span>{string.Concat(entry.Reasons.Select(reason => $"<div style=\"margin-top:4px;{Quiet}\">{Encode(reason)}</div>"))}</div>\n"),
                MailPart.Button button => html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:20px 0 8px\"><a href=\"{Encode(button.Address)}\" style=\"display:inline-block;padding:12px 20px;border-radius:6px;background:#0b57d0;color:#ffffff;text-decoration:none;font-weight:600\">{Encode(button.Text)}</a></p>\n"),
                _ => throw new InvalidOperationException($"A {part.GetType().Name} has no layout."),
            };
        }

        return Page(title.ReplaceLineEndings(" "), body.Preview ?? PartsOf(body).OfType<MailPart.Paragraph>().FirstOrDefault()?.Text ?? "", html);
    }

    /// <summary>What it says, in words.</summary>
    private static IEnumerable<MailPart> PartsOf(MailBody body) => body.Parts.SelectMany(part => part is not MailPart.Overdue duty ? [part] : new MailPart[]
    {
        new MailPart.Paragraph($"{duty.What} of case {duty.CaseNumber} was due on {MailTexts.Day(duty.Due)} and is not on record."),
        new MailPart.Paragraph($"Why then: {duty.Why} Source: {duty.Source}."),
        new MailPart.Button(duty.Link, duty.Address),
    });

    private static string Page(string title, string preview, StringBuilder html) =>
        $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Encode(title)}</title></head>
        <body style="margin:0;padding:0;background:#f2f4f7;-webkit-text-size-adjust:100%">
        <div style="display:none;max-height:0;overflow:hidden">{Encode(preview)}</div>
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f4f7"><tr><td align="center" style="padding:16px 8px">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;border:1px solid #dfe3e8;border-radius:8px"><tr><td style="padding:20px;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;{Ink}">
        <h1 style="font-size:20px;line-height:1.3;margin:0 0 4px">{Encode(title)}</h1>
        {html}<p style="margin:24px 0 0;padding-top:12px;border-top:1px solid #dfe3e8;{Quiet}">Mail from CasePlanning names no family. The links open the case for those who may see it.</p>
        </td></tr></table>
        </td></tr></table>
        </body></html>

        """;

    private static string ColourOf(Tone tone) => tone switch
    {
        Tone.Late => "#b3261e",
        Tone.Now => "#9a4b00",
        Tone.Soon => "#0b57d0",
        _ => "#57606a",
    };

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
