namespace CasePlanning.Application.Ports;

/// <summary>Somebody's calendar feed, open to whoever knows its address.</summary>
/// <param name="TokenHash">SHA-256 of the token in the address, in small hexadecimal digits; the token itself is kept nowhere.</param>
/// <param name="Since">When it was created or replaced, UTC.</param>
public sealed record CalendarFeed(string Agency, string Person, string TokenHash, DateTimeOffset Since);

/// <summary>Calendar feeds, one a person at most.</summary>
public interface ICalendarFeedStore
{
    /// <summary>The person's feed, or null.</summary>
    Task<CalendarFeed?> Find(string person, CancellationToken ct);

    /// <summary>The feed with a token of this hash, or null.</summary>
    Task<CalendarFeed?> FindByToken(string tokenHash, CancellationToken ct);

    /// <summary>Puts a feed in the place of the person's one before, whose token then opens nothing.</summary>
    Task Save(CalendarFeed feed, CancellationToken ct);

    /// <summary>Takes the person's feed away; harmless where there is none.</summary>
    Task Remove(string person, CancellationToken ct);
}
