namespace CasePlanning.Domain;

/// <summary>One reason something can't be accepted: the rule's id, a sentence a caseworker understands, the field to fix and the rule's source.</summary>
public sealed record Violation(string Rule, string Message, string? Field = null, string? Source = null);

/// <summary>A business answer of "no". It is returned, never thrown, and carries every reason at once.</summary>
public abstract record Refusal(string Code, string Title, IReadOnlyList<Violation> Reasons)
{
    /// <summary>What was asked for doesn't exist, or the asker may not know that it does.</summary>
    public sealed record NotFound(string What) : Refusal("not-found", $"{What} was not found.", []);

    /// <summary>The asker is known and may not do this.</summary>
    public sealed record Forbidden(string Why, IReadOnlyList<Violation>? Violations = null) : Refusal("forbidden", Why, Violations ?? []);

    /// <summary>What was sent can be read and is invalid; every violation is listed.</summary>
    public sealed record Invalid(IReadOnlyList<Violation> Violations) : Refusal("invalid", "Some of what was sent can't be accepted.", Violations);

    /// <summary>The plan is in a stage in which this can't be done.</summary>
    public sealed record WrongStage(string Title, IReadOnlyList<Violation> Violations) : Refusal("wrong-stage", Title, Violations);

    /// <summary>Rules that must be met first are not; every unmet one is listed.</summary>
    public sealed record NotReady(string Title, IReadOnlyList<Violation> Violations) : Refusal("not-ready", Title, Violations);

    /// <summary>The same source id, case or person is on record with other content.</summary>
    public sealed record AlreadyRecorded(string Title) : Refusal("already-recorded", Title, []);

    /// <summary>The resource changed since the asker read it.</summary>
    public sealed record Stale(string What) : Refusal("stale", $"{What} has changed since you read it. Read it again and repeat your change.", []);

    /// <summary>The idempotency key was used before with another body.</summary>
    public sealed record KeyReused() : Refusal("key-reused", "This Idempotency-Key was used before with another request body.", []);

    /// <summary>What would have to be saved at once is more than one save can hold; nothing of it was.</summary>
    public sealed record OverLimit(string Why) : Refusal("over-limit", Why, []);
}

/// <summary>A value or the refusal that stands in its place.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    /// <summary>The refusal, or null when there is a value.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The value; asking for it after a refusal is a defect and throws.</summary>
    public T Value => Refusal is null ? _value! : throw new InvalidOperationException($"Refused: {Refusal.Code}. {Refusal.Title}");

    /// <summary>Goes on with the value, or hands the refusal through.</summary>
    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next) => Refusal is null ? next(_value!) : Refusal;

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
