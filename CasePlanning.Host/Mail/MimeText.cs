using System.Globalization;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using CasePlanning.Application.Ports;

namespace CasePlanning.Host.Mail;

/// <summary>Writes a stored message as RFC 5322 text: the same message gives the same bytes each time.</summary>
internal static class MimeText
{
    private const int LongestLine = 76;

    public static string Write(Message message, string from)
    {
        var boundary = $"=_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.Id)).AsSpan(0, 12))}";
        var text = new StringBuilder();
        Header("Date", message.StoredAt.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header("From", Address(from));
        Header("To", Address(message.Address));
        Header("Subject", Word(message.Subject));
        Header("Message-ID", $"<{message.Id}>");
        Header("Auto-Submitted", "auto-generated");
        Header("MIME-Version", "1.0");
        Header("Content-Type", $"multipart/alternative; boundary=\"{boundary}\"");
        Part("text/plain", message.Text);
        Part("text/html", message.Html);
        return text.Append(CultureInfo.InvariantCulture, $"\r\n--{boundary}--\r\n").ToString();

        void Header(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");

        void Part(string type, string body)
        {
            text.Append(CultureInfo.InvariantCulture, $"\r\n--{boundary}\r\n");
            Header("Content-Type", $"{type}; charset=utf-8");
            Header("Content-Transfer-Encoding", "quoted-printable");
            text.Append("\r\n").Append(QuotedPrintable(body));
        }
    }

    /// <summary>A header's text; what isn't ASCII becomes encoded words of RFC 2047, each within its line.</summary>
    public static string Word(string text)
    {
        if (text.All(letter => letter is >= ' ' and <= '~'))
        {
            return text;
        }

        // 39 bytes of UTF-8 are 52 letters of base64; with their frame and the header's name they stay below 76.
        var words = new List<string>();
        var piece = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(piece.ToString()) + rune.Utf8SequenceLength > 39)
            {
                words.Add(Encoded(piece));
                piece.Clear();
            }

            piece.Append(Rune.IsControl(rune) ? ' ' : rune);
        }

        words.Add(Encoded(piece));
        return string.Join("\r\n ", words);

        static string Encoded(StringBuilder piece) => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(piece.ToString()))}?=";
    }

    private static string Address(string text)
    {
        var address = new MailAddress(text);
        return address.DisplayName.Length == 0 ? address.Address
            : address.DisplayName.All(char.IsAscii) ? $"\"{address.DisplayName.Replace("\"", "", StringComparison.Ordinal)}\" <{address.Address}>"
            : $"{Word(address.DisplayName)} <{address.Address}>";
    }

    private static string QuotedPrintable(string body)
    {
        var lines = body.ReplaceLineEndings("\n").Split('\n');
        return string.Join("\r\n", lines.Select(Line));
    }

    private static string Line(string line)
    {
        var text = new StringBuilder();
        var column = 0;
        var bytes = Encoding.UTF8.GetBytes(line);
        for (var index = 0; index < bytes.Length; index++)
        {
            var letter = (char)bytes[index];
            var plain = letter is (>= '!' and <= '~' and not '=') || (letter is ' ' or '\t' && index < bytes.Length - 1);
            var width = plain ? 1 : 3;
            if (column + width > LongestLine - 1)
            {
                text.Append("=\r\n");
                column = 0;
            }

            _ = plain ? text.Append(letter) : text.Append(CultureInfo.InvariantCulture, $"={bytes[index]:X2}");
            column += width;
        }

        return text.ToString();
    }
}
