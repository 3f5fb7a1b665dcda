using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CasePlanning.Application;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Api.Json;

/// <summary>
/// How request bodies are read: as documents are written, but strictly. Members nobody knows are refused, names are spelled exactly,
/// and what the product sets itself can't be sent.
/// </summary>
internal static class RequestJson
{
    /// <summary>Members of a fact that say who recorded it when; set here, never sent.</summary>
    public static readonly IReadOnlySet<string> SetHere = new HashSet<string>(StringComparer.Ordinal) { "recordedAt", "recordedOn", "recordedBy", "revision", "withdrawn" };

    /// <summary>Facts that come about by acts with rules of their own, and so can't be sent with a new case.</summary>
    private static readonly HashSet<Type> Acts = [typeof(Opening), typeof(PlanReview), typeof(PlanClosing), typeof(PlanReopening), typeof(Excusal), typeof(Transfer)];

    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(ApplicationJson.Options)
        {
            PropertyNameCaseInsensitive = false,
            NumberHandling = JsonNumberHandling.Strict,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            AllowOutOfOrderMetadataProperties = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatIsSetHere, LeaveTheVersionToTheRoute, LeaveActsToTheirRoutes } },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOutWhatIsSetHere(JsonTypeInfo type)
    {
        if (type.Type.IsAssignableTo(typeof(Fact)))
        {
            foreach (var property in type.Properties.Where(property => SetHere.Contains(property.Name)).ToArray())
            {
                type.Properties.Remove(property);
            }
        }
    }

    /// <summary>A content names its plan and version when it is read; when it is sent, the address does.</summary>
    private static void LeaveTheVersionToTheRoute(JsonTypeInfo type)
    {
        if (type.Type == typeof(PlanContent))
        {
            foreach (var property in type.Properties.Where(property => property.Name is "plan" or "version"))
            {
                property.IsRequired = false;
            }
        }
    }

    private static void LeaveActsToTheirRoutes(JsonTypeInfo type)
    {
        if (type.Type == typeof(Fact))
        {
            foreach (var derived in type.PolymorphismOptions!.DerivedTypes.Where(derived => Acts.Contains(derived.DerivedType)).ToArray())
            {
                type.PolymorphismOptions.DerivedTypes.Remove(derived);
            }
        }
    }
}
