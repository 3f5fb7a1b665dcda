using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Host.Simulation;

/// <summary>How scenario files are read: the domain's own types without what only the program writes, times as the agency's clocks show them.</summary>
public static class ScenarioJson
{
    /// <summary>The time of day a date alone stands for.</summary>
    public static TimeOnly OfficeOpens { get; } = new(9, 0);

    private static readonly (Type Type, string[] Members)[] WrittenByTheProgram =
    [
        (typeof(Fact), ["recordedOn", "revision", "withdrawn"]),
        (typeof(PlanContent), ["plan", "version", "revision"]),
        (typeof(Signature), ["priorSigned"]),
        (typeof(Agency), ["revision", "settingsChanges"]),
        (typeof(Unit), ["agency", "revision"]),
        (typeof(Person), ["agency", "revision"]),
    ];

    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            RespectNullableAnnotations = true,
            AllowOutOfOrderMetadataProperties = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOut } },
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
                new TimeOfDayConverter(),
                new LocalTimeConverter(),
                new LocalInstantConverter(),
            },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOut(JsonTypeInfo type)
    {
        if (type.Type == typeof(Fact))
        {
            type.PolymorphismOptions!.DerivedTypes.Remove(type.PolymorphismOptions.DerivedTypes.Single(kind => kind.DerivedType == typeof(Transfer)));
        }

        foreach (var (owner, members) in WrittenByTheProgram)
        {
            if (owner.IsAssignableFrom(type.Type))
            {
                foreach (var property in type.Properties.Where(each => members.Contains(each.Name)).ToArray())
                {
                    type.Properties.Remove(property);
                }
            }
        }
    }

    private static DateTime LocalTime(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.ToDateTime(OfficeOpens)
        : DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time
        : throw new JsonException();

    /// <summary>A date, or a date and time, in the agency's zone.</summary>
    private sealed class LocalTimeConverter : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => LocalTime(reader.GetString());

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => throw new NotSupportedException();
    }

    /// <summary>The same for a fact's instant, which carries no offset until the agency's zone is known.</summary>
    private sealed class LocalInstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(LocalTime(reader.GetString()), TimeSpan.Zero);

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => throw new NotSupportedException();
    }

    private sealed class TimeOfDayConverter : JsonConverter<TimeOnly>
    {
        public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TimeOnly.TryParseExact(reader.GetString(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
