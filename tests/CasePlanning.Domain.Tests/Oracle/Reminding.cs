namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>What one reading raises: the notice of a step to a role, and the steps it overtakes.</summary>
public sealed record Raised(string Occurrence, int Round, string Step, string Role, string Superseded);

/// <summary>Remembers which steps were taken, and says at each reading what has to be raised.</summary>
public sealed class Reminding(Days days)
{
    private readonly Dictionary<string, Memory> _memories = [];

    private sealed class Memory(DateOnly counted)
    {
        public DateOnly Counted { get; set; } = counted;

        public int Round { get; set; } = 1;

        public int Past { get; set; }

        public int Taken { get; set; }

        public bool Told { get; set; }
    }

    public List<Raised> Read(Picture picture, DateTimeOffset now)
    {
        var today = days.DateAt(now);
        var raised = new List<Raised>();
        foreach (var duty in picture.Duties)
        {
            if (!_memories.TryGetValue(duty.Occurrence, out var memory))
            {
                _memories[duty.Occurrence] = memory = new(duty.Counted);
            }

            var moved = memory.Counted != duty.Counted;
            if (!moved && !duty.IsOpen(today))
            {
                continue;
            }

            memory.Past = moved ? 0 : memory.Past;
            while (duty.MorningOf(memory.Past, days) <= now)
            {
                memory.Past++;
            }

            if (moved)
            {
                memory.Round += memory.Taken > 0 ? 1 : 0;
                memory.Taken = Math.Min(memory.Taken, memory.Past);
                memory.Counted = duty.Counted;
            }

            var silent = duty.ExcusedUntil is { } until && now < days.MorningOf(days.WorkingDayAtOrAfter(until.AddDays(1)));
            if (duty.IsOpen(today) && !silent && memory.Past > memory.Taken)
            {
                var overtaken = string.Join(',', Enumerable.Range(memory.Taken, memory.Past - 1 - memory.Taken)
                    .Select(index => duty.StepAt(index).Name));
                var step = duty.StepAt(memory.Past - 1);
                raised.AddRange(step.To.Select(role => new Raised(duty.Occurrence, memory.Round, step.Name, role, overtaken)));
                memory.Taken = memory.Past;
                memory.Told = true;
            }
        }

        return raised;
    }

    /// <summary>Occurrences people were told of that no longer follow from what is known.</summary>
    public IEnumerable<string> Void(Picture picture)
    {
        var present = picture.Duties.Select(duty => duty.Occurrence).ToHashSet();
        return _memories.Where(memory => memory.Value.Told && !present.Contains(memory.Key)).Select(memory => memory.Key);
    }
}
