namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>What one reading raises: the notice of a step to a role, and the steps it overtakes.</summary>
public sealed record Raised(string Occurrence, int Round, string Step, string Role, string Superseded);

/// <summary>Remembers which steps were taken, and says at each reading what has to be raised.</summary>
public sealed class Reminding(Days days)
{
    private readonly Dictionary<string, Memory> _memories = [];

    private sealed class Memory(DateOnly counted, DateOnly due)
    {
        public (DateOnly Counted, DateOnly Due) Dates { get; set; } = (counted, due);

        public int Round { get; set; } = 1;

        public int Past { get; set; }

        public int Taken { get; set; }

        public bool Told { get; set; }

        public bool Missed { get; set; }
    }

    /// <param name="ticks">Whether the product reads too, which it may do before a morning.</param>
    public List<Raised> Read(IEnumerable<Duty> duties, DateTimeOffset now, bool ticks)
    {
        var today = days.DateAt(now);
        var raised = new List<Raised>();
        foreach (var duty in duties.Where(duty => ticks || !MayWait(duty, now, today)))
        {
            if (!_memories.TryGetValue(duty.Occurrence, out var memory))
            {
                _memories[duty.Occurrence] = memory = new(duty.Counted, duty.Due);
            }

            var moved = memory.Dates != (duty.Counted, duty.Due);
            var isOpen = duty.IsOpen(today);
            if (isOpen || moved)
            {
                TakeSteps(duty, memory, now, isOpen && !(duty.AwayFrom <= today), moved, raised);
            }

            var missed = duty.MetOn is null && duty.Closes <= today && duty.Status(days, today) == "Missed";
            if (!missed)
            {
                memory.Missed = false;
            }
            else if (!memory.Missed && (ticks || now >= days.MorningOf(days.WorkingDayAtOrAfter(duty.Closes!.Value))))
            {
                memory.Missed = true;
                raised.AddRange(!memory.Told ? [] : Report.Select(role => new Raised(duty.Occurrence, memory.Round, "missed", role, "")));
            }
        }

        return raised;
    }

    /// <summary>What comes with a day alone waits for its morning, and a duty that appears on a day off for the next working one.</summary>
    private bool MayWait(Duty duty, DateTimeOffset now, DateOnly today) => now < days.MorningOf(today)
        || (duty.Appears > DateOnly.MinValue && now < days.MorningOf(days.WorkingDayAtOrAfter(duty.Appears)));

    /// <summary>Occurrences people were told of that no longer follow from what is known; one that comes back as missed is reported again.</summary>
    public IReadOnlyList<string> Void(IEnumerable<Duty> duties)
    {
        var present = duties.Select(duty => duty.Occurrence).ToHashSet();
        var gone = _memories.Where(memory => memory.Value.Told && !present.Contains(memory.Key)).ToArray();
        Array.ForEach(gone, memory => memory.Value.Missed = false);
        return [.. gone.Select(memory => memory.Key)];
    }

    private static readonly string[] Report = ["Worker", "Supervisor"];

    private void TakeSteps(Duty duty, Memory memory, DateTimeOffset now, bool reminds, bool moved, List<Raised> raised)
    {
        memory.Past = moved ? 0 : memory.Past;
        while (duty.MorningOf(memory.Past, days) <= now)
        {
            memory.Past++;
        }

        if (moved)
        {
            memory.Round += memory.Taken > 0 ? 1 : 0;
            memory.Taken = Math.Min(memory.Taken, memory.Past);
            memory.Dates = (duty.Counted, duty.Due);
        }

        var silent = duty.ExcusedUntil is { } until && now < days.MorningOf(days.WorkingDayAtOrAfter(until.AddDays(1)));
        if (reminds && !silent && memory.Past > memory.Taken)
        {
            var overtaken = string.Join(',', Enumerable.Range(memory.Taken, memory.Past - 1 - memory.Taken)
                .Select(index => duty.StepAt(index).Name));
            var step = duty.StepAt(memory.Past - 1);
            raised.AddRange(step.To.Select(role => new Raised(duty.Occurrence, memory.Round, step.Name, role, overtaken)));
            memory.Taken = memory.Past;
            memory.Told = true;
        }
    }
}
