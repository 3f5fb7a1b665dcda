using System.Text.Json;
using CasePlanning.Application;
using CasePlanning.Domain;

namespace CasePlanning.Api.Resources;

/// <summary>Adding an entry whose id the caller chose: again with the same content is harmless, with other content refused.</summary>
internal static class Entries
{
    public static Result<T> SameOrTaken<T>(T existing, T asked, string taken) where T : notnull =>
        JsonSerializer.Serialize(existing, ApplicationJson.Options) == JsonSerializer.Serialize(asked, ApplicationJson.Options)
            ? existing
            : new Refusal.AlreadyRecorded(taken);

    /// <summary>A new entry that couldn't be saved met another of its id, in this agency or elsewhere.</summary>
    public static Result<T> New<T>(Result<T> saved, string taken) => saved.Refusal is Refusal.Stale ? new Refusal.AlreadyRecorded(taken) : saved;
}
