using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Storage.Documents;

/// <summary>
/// Writes marks by their rows, and in a row by cycle. Every tick reads a case's marks and writes them anew, and they grow with its age, so that they are written
/// by hand: short, and without what goes without saying, which is a date that neither rolled nor moved, the first round, no step taken, and nothing come of it.
/// </summary>
internal sealed class MarksConverter : JsonConverter<Marks>
{
    private static readonly (Outcome Value, JsonEncodedText Word)[] Outcomes =
        [.. Enum.GetValues<Outcome>().Select(value => (value, JsonEncodedText.Encode(JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()))))];

    public override Marks Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var rows = new List<MarkRow>();
        for (Enter(ref reader, JsonTokenType.StartObject); reader.TokenType == JsonTokenType.PropertyName; reader.Read())
        {
            rows.Add(ReadRow(ref reader));
        }

        return new Marks { Rows = [.. rows] };
    }

    public override void Write(Utf8JsonWriter writer, Marks value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var row in value.Rows)
        {
            writer.WriteStartArray(row.Of);
            foreach (var mark in row.Marks)
            {
                Write(writer, mark);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static MarkRow ReadRow(ref Utf8JsonReader reader)
    {
        var (of, marks) = (reader.GetString()!, new List<Mark?>());
        reader.Read();
        for (Enter(ref reader, JsonTokenType.StartArray); reader.TokenType != JsonTokenType.EndArray; reader.Read())
        {
            marks.Add(reader.TokenType == JsonTokenType.Null ? null : ReadMark(ref reader));
        }

        return new MarkRow { Of = of, Marks = marks };
    }

    private static Mark ReadMark(ref Utf8JsonReader reader)
    {
        DateOnly? counted = null, due = null;
        var (round, done, outcome, early) = (1, 0, Outcome.None, false);
        for (Enter(ref reader, JsonTokenType.StartObject); reader.TokenType == JsonTokenType.PropertyName; reader.Read())
        {
            if (Is(ref reader, "counted"u8))
            {
                counted = Date(ref reader);
            }
            else if (Is(ref reader, "due"u8))
            {
                due = Date(ref reader);
            }
            else if (Is(ref reader, "round"u8))
            {
                round = reader.GetInt32();
            }
            else if (Is(ref reader, "done"u8))
            {
                done = reader.GetInt32();
            }
            else if (Is(ref reader, "outcome"u8))
            {
                outcome = ReadOutcome(ref reader);
            }
            else if (Is(ref reader, "early"u8))
            {
                early = reader.GetBoolean();
            }
            else
            {
                throw new JsonException($"A mark has no member '{reader.GetString()}'.");
            }
        }

        return counted is { } date ? new Mark(date, due ?? date, round, done, outcome, early) : throw new JsonException("A mark doesn't say what date was counted.");
    }

    private static void Write(Utf8JsonWriter writer, Mark? mark)
    {
        if (mark is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        Write(writer, "counted"u8, mark.Counted);
        if (mark.Due != mark.Counted)
        {
            Write(writer, "due"u8, mark.Due);
        }

        if (mark.Round != 1)
        {
            writer.WriteNumber("round"u8, mark.Round);
        }

        if (mark.Done != 0)
        {
            writer.WriteNumber("done"u8, mark.Done);
        }

        if (mark.Outcome != Outcome.None)
        {
            writer.WriteString("outcome"u8, Array.Find(Outcomes, each => each.Value == mark.Outcome).Word);
        }

        if (mark.Early)
        {
            writer.WriteBoolean("early"u8, value: true);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateOnly date)
    {
        Span<byte> utf8 = stackalloc byte[10];
        date.TryFormat(utf8, out _, "O", CultureInfo.InvariantCulture);
        writer.WriteString(name, utf8);
    }

    /// <summary>Goes into an object or array.</summary>
    private static void Enter(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token)
        {
            throw new JsonException();
        }

        reader.Read();
    }

    /// <summary>Whether a member has this name; if so, goes to its value.</summary>
    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    private static DateOnly Date(ref Utf8JsonReader reader) => DateOnly.FromDateTime(reader.GetDateTime());

    private static Outcome ReadOutcome(ref Utf8JsonReader reader)
    {
        foreach (var (value, word) in Outcomes)
        {
            if (reader.ValueTextEquals(word.EncodedUtf8Bytes))
            {
                return value;
            }
        }

        throw new JsonException($"A mark has no outcome '{reader.GetString()}'.");
    }
}
