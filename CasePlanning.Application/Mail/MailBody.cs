using System.Globalization;
using System.Net;
using System.Text;

namespace CasePlanning.Application.Mail;

/// <summary>How much something presses; it colours a heading and its entries.</summary>
public enum Tone { Calm, Soon, Now, Late }

/// <summary>
/// Writes a mail's plain text and its HTML side by side, so that neither says more than the other. The HTML is one column of inline styles,
/// which mail programs on a phone and on a desktop both keep.
/// </summary>
internal sealed class MailBody
{
    private const string Ink = "color:#1b1f24";
    private const string Quiet = "color:#57606a;font-size:14px;line-height:1.45";

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _html = new();

    public string Text => _text.ToString().TrimEnd() + "\n";

    /// <param name="title">Title of the page.</param>
    /// <param name="preview">What a list of mails shows beside the subject.</param>
    public string Html(string title, string preview) =>
        $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Encode(title)}</title></head>
        <body style="margin:0;padding:0;background:#f2f4f7;-webkit-text-size-adjust:100%">
        <div style="display:none;max-height:0;overflow:hidden">{Encode(preview)}</div>
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f4f7"><tr><td align="center" style="padding:16px 8px">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;border:1px solid #dfe3e8;border-radius:8px"><tr><td style="padding:20px;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;{Ink}">
        <h1 style="font-size:20px;line-height:1.3;margin:0 0 4px">{Encode(title)}</h1>
        {_html}<p style="margin:24px 0 0;padding-top:12px;border-top:1px solid #dfe3e8;{Quiet}">Mail from CasePlanning names no family. The links open the case for those who may see it.</p>
        </td></tr></table>
        </td></tr></table>
        </body></html>

        """;

    public void Heading(string title, Tone tone = Tone.Calm)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{title.ToUpperInvariant()}\n\n");
        _html.Append(CultureInfo.InvariantCulture, $"<h2 style=\"font-size:14px;letter-spacing:.04em;text-transform:uppercase;margin:24px 0 4px;color:{ColourOf(tone)}\">{Encode(title)}</h2>\n");
    }

    public void Paragraph(string text)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{text}\n\n");
        _html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:12px 0\">{Encode(text)}</p>\n");
    }

    /// <summary>Something to do: whose, what, when, and the small print under it.</summary>
    public void Entry(string label, string address, string what, string when, Tone tone, IEnumerable<string> reasons)
    {
        _text.Append(CultureInfo.InvariantCulture, $"- {label}: {what}, {when}\n");
        _html.Append(CultureInfo.InvariantCulture, $"<div style=\"margin:12px 0;padding:2px 0 2px 12px;border-left:4px solid {ColourOf(tone)}\"><a href=\"{Encode(address)}\" style=\"color:#0b57d0;font-weight:600;text-decoration:none\">{Encode(label)}</a><br><strong>{Encode(what)}</strong><br><span style=\"color:{ColourOf(tone)}\">{Encode(MailTexts.Capital(when))}</span>");
        foreach (var reason in reasons)
        {
            _text.Append(CultureInfo.InvariantCulture, $"  {reason}\n");
            _html.Append(CultureInfo.InvariantCulture, $"<div style=\"margin-top:4px;{Quiet}\">{Encode(reason)}</div>");
        }

        _text.Append(CultureInfo.InvariantCulture, $"  {address}\n\n");
        _html.Append("</div>\n");
    }

    public void Button(string text, string address)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{text}: {address}\n\n");
        _html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:20px 0 8px\"><a href=\"{Encode(address)}\" style=\"display:inline-block;padding:12px 20px;border-radius:6px;background:#0b57d0;color:#ffffff;text-decoration:none;font-weight:600\">{Encode(text)}</a></p>\n");
    }

    private static string ColourOf(Tone tone) => tone switch
    {
        Tone.Late => "#b3261e",
        Tone.Now => "#9a4b00",
        Tone.Soon => "#0b57d0",
        _ => "#57606a",
    };

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
