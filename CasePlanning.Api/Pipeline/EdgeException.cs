using CasePlanning.Domain;

namespace CasePlanning.Api.Pipeline;

/// <summary>Ends an invocation at the edge, before any use case ran: the request can't be read, is too large, or nobody is signed in.</summary>
internal sealed class EdgeException(ProblemKind kind, string detail, IReadOnlyList<Violation>? violations = null) : Exception(detail)
{
    public ProblemKind Kind { get; } = kind;

    public IReadOnlyList<Violation> Violations { get; } = violations ?? [];
}
