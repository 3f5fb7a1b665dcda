namespace CasePlanning.Domain.Clocks;

/// <summary>How a duty that has fallen due came out.</summary>
public enum Punctuality
{
    /// <summary>Done on or before its due date, whenever that was recorded.</summary>
    OnTime,

    /// <summary>Done after its due date and any excuse.</summary>
    Late,

    /// <summary>On a grid, not done before the next cycle opened.</summary>
    Missed,

    /// <summary>Past its due date and not done yet.</summary>
    Overdue,

    /// <summary>Past its due date within an excuse, done or not: neither on time nor late.</summary>
    Excused,
}

/// <summary>Duties that fell due, by how they came out.</summary>
public sealed record PunctualityCount
{
    /// <summary>All of them: on time, late, missed, overdue and excused.</summary>
    public int Due => OnTime + Late + Missed + Overdue + Excused;

    public int OnTime { get; init; }

    public int Late { get; init; }

    /// <summary>Calendar days late of those done late, on average to one decimal; null where none was.</summary>
    public decimal? MeanDaysLate { get; init; }

    public int? MostDaysLate { get; init; }

    public int Missed { get; init; }

    public int Overdue { get; init; }

    public int Excused { get; init; }

    /// <summary>Of those on time, the ones recorded only after the due date.</summary>
    public int EnteredLate { get; init; }

    /// <summary>On time per hundred not excused, to one decimal; null where there is none.</summary>
    public decimal? Rate { get; init; }

    /// <summary>The outcome of a deadline on a date, or null where it doesn't count: not due yet, void or ended.</summary>
    public static Punctuality? Of(Deadline deadline, DateOnly today) => deadline.Status switch
    {
        DeadlineStatus.MetOnTime => deadline.Met!.On <= deadline.Due ? Punctuality.OnTime : Punctuality.Excused,
        DeadlineStatus.MetLate => Punctuality.Late,
        DeadlineStatus.Missed => Punctuality.Missed,
        DeadlineStatus.Overdue => Punctuality.Overdue,
        DeadlineStatus.Excused when deadline.Due < today => Punctuality.Excused,
        _ => null,
    };

    /// <summary>Calendar days after the due date on which it was done, or that it has been overdue for; zero for one on time, null for one missed or excused.</summary>
    public static int? DaysLate(Deadline deadline, DateOnly today) => Of(deadline, today) switch
    {
        Punctuality.OnTime => 0,
        Punctuality.Late => deadline.Met!.On.DayNumber - deadline.Due.DayNumber,
        Punctuality.Overdue => today.DayNumber - deadline.Due.DayNumber,
        _ => null,
    };

    public static bool IsEnteredLate(Deadline deadline, DateOnly today) => Of(deadline, today) == Punctuality.OnTime && deadline.Met!.RecordedOn > deadline.Due;

    public static PunctualityCount Of(IEnumerable<Deadline> deadlines, DateOnly today)
    {
        var all = deadlines.ToArray();
        var counts = all.Select(deadline => Of(deadline, today)).OfType<Punctuality>().CountBy(each => each).ToDictionary();
        var daysLate = all.Where(deadline => Of(deadline, today) == Punctuality.Late).Select(deadline => DaysLate(deadline, today)!.Value).ToArray();
        var (onTime, excused) = (counts.GetValueOrDefault(Punctuality.OnTime), counts.GetValueOrDefault(Punctuality.Excused));
        var judged = counts.Values.Sum() - excused;
        return new PunctualityCount
        {
            OnTime = onTime,
            Late = daysLate.Length,
            MeanDaysLate = daysLate.Length == 0 ? null : decimal.Round((decimal)daysLate.Sum() / daysLate.Length, 1),
            MostDaysLate = daysLate.Length == 0 ? null : daysLate.Max(),
            Missed = counts.GetValueOrDefault(Punctuality.Missed),
            Overdue = counts.GetValueOrDefault(Punctuality.Overdue),
            Excused = excused,
            EnteredLate = all.Count(deadline => IsEnteredLate(deadline, today)),
            Rate = judged == 0 ? null : decimal.Round(100m * onTime / judged, 1),
        };
    }
}
