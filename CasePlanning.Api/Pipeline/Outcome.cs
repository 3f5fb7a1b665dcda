using CasePlanning.Domain;

namespace CasePlanning.Api.Pipeline;

/// <summary>What a handler came to: a value to render, or a refusal.</summary>
internal readonly record struct Outcome(object? Value, Refusal? Refusal)
{
    public static async Task<Outcome> Of<T>(Task<Result<T>> deciding) where T : notnull
    {
        var result = await deciding;
        return result.Refusal is { } refusal ? new Outcome(null, refusal) : new Outcome(result.Value, null);
    }
}
