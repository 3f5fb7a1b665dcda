namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>One thing that happens at an instant of a history.</summary>
public abstract record Happening(DateTimeOffset At)
{
    /// <summary>A fact becomes known, on its date or later.</summary>
    public sealed record Told(DateTimeOffset At, Known Fact) : Happening(At);

    /// <summary>A fact's date is corrected.</summary>
    public sealed record Redated(DateTimeOffset At, string Key, int Days) : Happening(At);

    /// <summary>A child's last day becomes known, or turns out to be none.</summary>
    public sealed record Left(DateTimeOffset At, string Child, int? InDays) : Happening(At);

    /// <summary>A fact is withdrawn, or holds again.</summary>
    public sealed record Withdrawn(DateTimeOffset At, string Key, bool Gone) : Happening(At);

    /// <summary>An open deadline is excused; which one is chosen by a number.</summary>
    public sealed record Excused(DateTimeOffset At, string Id, int Choice, int ForDays) : Happening(At);

    /// <summary>Work is done that meets an open duty, chosen by a number; some days ago.</summary>
    public sealed record Kept(DateTimeOffset At, string Id, int Choice, int DaysAgo) : Happening(At);

    public sealed record Closed(DateTimeOffset At, string Id, Under Under, int DaysLate) : Happening(At);

    public sealed record Reopened(DateTimeOffset At, string Id, Under Under, int DaysLate) : Happening(At);

    /// <summary>Somebody works on a plan: mostly what comes next, sometimes anything.</summary>
    public sealed record Worked(DateTimeOffset At, Under Under, int Choice, int Number, int Days) : Happening(At);

    /// <summary>No wake is served for a while; what people record is.</summary>
    public sealed record Outage(DateTimeOffset At, DateTimeOffset Until) : Happening(At);

    /// <summary>Everything is compared.</summary>
    public sealed record Glance(DateTimeOffset At) : Happening(At);
}

public sealed record History(int Seed, int Office, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<Happening> Happenings)
{
    public override string ToString() =>
        $"history {Seed}, {Offices.All[Office]}, {From:yyyy-MM-dd} to {Until:yyyy-MM-dd}\n"
        + string.Join('\n', Happenings.Select(Words));

    private static string Words(Happening happening) =>
        $"{happening}".Replace(" +00:00", "", StringComparison.Ordinal).Replace(", Child = , ", ", ", StringComparison.Ordinal)
            .Replace("Occurrence = , Until = , ", "", StringComparison.Ordinal);
}
