using System.Buffers;

namespace CasePlanning.Functions.Loops;

/// <summary>
/// What the engine takes as an instance's id: 1 to 100 characters, none of those that a key of its tables can't have, and no <c>@</c> in front.
/// Source: "Instance IDs" under learn.microsoft.com/azure/azure-functions/durable/durable-functions-orchestrations.
/// </summary>
/// <remarks>An id of a case is an agency's of at most 40 characters and a number of at most 40; a plan's has a suffix of at most 7.</remarks>
public static class InstanceIds
{
    public const int Longest = 100;

    private static readonly SearchValues<char> Refused = SearchValues.Create(@"/\#?");

    public static bool IsOne(string id) =>
        id.Length is > 0 and <= Longest && id[0] != '@' && !id.AsSpan().ContainsAny(Refused) && !id.Any(char.IsControl);
}
