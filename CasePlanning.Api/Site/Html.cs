using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace CasePlanning.Api.Site;

/// <summary>Markup. It is written as an interpolated string whose holes are encoded, unless they hold markup themselves.</summary>
public readonly record struct Html(string Text)
{
    public static readonly Html Empty = new("");

    public static Html Of(Interpolation markup) => new(markup.ToString());

    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Text)));

    /// <summary>The markup, or nothing.</summary>
    public static Html If(bool holds, Func<Html> markup) => holds ? markup() : Empty;

    public static Html Day(DateOnly date) => Of($"<time datetime=\"{date:yyyy-MM-dd}\">{date:ddd d MMM yyyy}</time>");

    public override string ToString() => Text;

    /// <summary>Collects the pieces of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Interpolation(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _text = new(literalLength + (formattedCount * 16));

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(Html markup) => _text.Append(markup.Text);

        public void AppendFormatted(IEnumerable<Html> markup) => _text.Append(Join(markup).Text);

        public void AppendFormatted(string? text) => _text.Append(WebUtility.HtmlEncode(text));

        public void AppendFormatted<T>(T value, string? format = null) where T : IFormattable =>
            _text.Append(WebUtility.HtmlEncode(value.ToString(format, CultureInfo.InvariantCulture)));

        public override string ToString() => _text?.ToString() ?? "";
    }
}
