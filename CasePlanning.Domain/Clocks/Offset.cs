using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CasePlanning.Domain.Json;

namespace CasePlanning.Domain.Clocks;

public enum OffsetUnit { Days, Months, WorkingDays }

/// <summary>
/// A length of time a rule counts, written "30 days", "6 months" or "5 working days". The anchor day isn't counted.
/// Months end on the same day of the month, or on its last day if that is shorter.
/// </summary>
[JsonConverter(typeof(OffsetConverter)), Called(Called)]
public readonly record struct Offset(int Count, OffsetUnit Unit)
{
    /// <summary>What a text that can be read as one looks like.</summary>
    public const string Pattern = "^([0-9]{1,3}|1[01][0-9]{2}|1200) (day|days|month|months|working day|working days)$";

    /// <summary>What to write, for sentences.</summary>
    public const string Called = "a length of time such as \"30 days\", \"6 months\" or \"5 working days\"";

    /// <summary>The largest number of any unit.</summary>
    private const int Longest = 1200;

    public static Offset Parse(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var unit = space < 0 ? null : text[(space + 1)..] switch
        {
            "days" or "day" => OffsetUnit.Days,
            "months" or "month" => OffsetUnit.Months,
            "working days" or "working day" => OffsetUnit.WorkingDays,
            _ => (OffsetUnit?)null,
        };
        return unit is { } known && int.TryParse(text[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= Longest
            ? new Offset(count, known)
            : throw new FormatException($"'{text}' is not {Called}.");
    }

    /// <summary>The date this long after <paramref name="anchor"/>; <paramref name="times"/> counts whole offsets from the anchor, so that months don't drift.</summary>
    public DateOnly After(DateOnly anchor, Calendar calendar, int times = 1) => Unit switch
    {
        OffsetUnit.Days => anchor.AddDays(Count * times),
        OffsetUnit.Months => anchor.AddMonths(Count * times),
        _ => calendar.AddWorkingDays(anchor, Count * times),
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} {Unit switch
    {
        OffsetUnit.Days => "calendar days",
        OffsetUnit.Months => "calendar months",
        _ => "working days",
    }}");

    private sealed class OffsetConverter : JsonConverter<Offset>
    {
        public override Offset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return Parse(reader.GetString() ?? "");
            }
            catch (FormatException exception)
            {
                throw new JsonException(null, exception);
            }
        }

        public override void Write(Utf8JsonWriter writer, Offset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString().Replace("calendar ", "", StringComparison.Ordinal));
    }
}
