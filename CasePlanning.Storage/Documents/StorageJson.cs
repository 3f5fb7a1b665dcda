using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Documents;

/// <summary>
/// How documents are written at rest: camel case, enums in kebab case, instants in UTC, what can be computed left out, and of what is written most often
/// also what goes without saying.
/// Kept apart from the wire's options, so that a change of the API can't change what was stored.
/// </summary>
internal static class StorageJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The same, but these members of a type are never written and needn't be there to be read.</summary>
    public static JsonSerializerOptions Without<T>(IReadOnlyList<string> members)
    {
        var names = members.Select(Options.PropertyNamingPolicy!.ConvertName).ToHashSet(StringComparer.Ordinal);
        var options = new JsonSerializerOptions(Options) { TypeInfoResolver = Options.TypeInfoResolver!.WithAddedModifier(Leave) };
        options.MakeReadOnly();
        return options;

        void Leave(JsonTypeInfo type)
        {
            foreach (var member in type.Type == typeof(T) ? type.Properties.Where(each => names.Contains(each.Name)) : [])
            {
                (member.Get, member.IsRequired) = (null, false);
            }
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            IgnoreReadOnlyProperties = true,
            RespectNullableAnnotations = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false), new UtcConverter(), new MarksConverter() },
        };
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(LeaveUnsaid);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>A notice that overtakes no other doesn't say so: that is what is read where nothing is said.</summary>
    private static void LeaveUnsaid(JsonTypeInfo type)
    {
        foreach (var member in type.Type == typeof(Notice) ? type.Properties : [])
        {
            if (member.Name == "superseded")
            {
                member.ShouldSerialize = (_, value) => value is IReadOnlyList<string> { Count: > 0 };
            }
        }
    }

    /// <summary>An instant is stored and read in UTC, to the tick.</summary>
    private sealed class UtcConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset().ToUniversalTime();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            Span<byte> text = stackalloc byte["2026-03-10T14:00:00.0000000Z".Length];
            value.UtcDateTime.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
            writer.WriteStringValue(text[..length]);
        }
    }
}
