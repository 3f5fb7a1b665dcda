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
        $"history {Seed}, {Offices.All[Office].Zone}, {From:yyyy-MM-dd} to {Until:yyyy-MM-dd}\n"
        + string.Join('\n', Happenings.Select(Words));

    private static string Words(Happening happening) =>
        $"{happening}".Replace(" +00:00", "", StringComparison.Ordinal).Replace(", Child = , ", ", ", StringComparison.Ordinal)
            .Replace("Occurrence = , Until = , ", "", StringComparison.Ordinal);
}

public static class Offices
{
    private static readonly DayOfWeek[] Weekdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday,
        DayOfWeek.Friday];

    public static IReadOnlyList<Office> All { get; } =
    [
        new("America/Los_Angeles", new(7, 0), Weekdays, Each((1, 1), (7, 4), (12, 25)), 5),
        new("America/Chicago", new(8, 30), Weekdays,
            Each((7, 3), (7, 4), (12, 24), (12, 25), (12, 26), (12, 27), (12, 28), (12, 29), (12, 30), (12, 31), (1, 1), (1, 2)), 3),
        new("America/Detroit", new(6, 0), [.. Weekdays, DayOfWeek.Saturday], Each((11, 11), (12, 25)), 1),
        new("Africa/Cairo", new(0, 30), [DayOfWeek.Sunday, .. Weekdays], Each((4, 25), (10, 6)), 2),
        new("Australia/Lord_Howe", new(2, 15), Enum.GetValues<DayOfWeek>(), [], 10),
    ];

    private static DateOnly[] Each(params (int Month, int Day)[] dates) =>
        [.. Enumerable.Range(1995, 70).SelectMany(year => dates.Select(date => new DateOnly(year, date.Month, date.Day)))];
}
