using System.Globalization;

namespace CasePlanning.Domain.Clocks;

public enum StepState { Taken, ToCome, Dropped }

/// <summary>One reminder step of a deadline: its name, its morning in the agency's zone, who it is for and what became of it.</summary>
public sealed record ExplainedStep(string Name, DateOnly Morning, IReadOnlyList<Role> To, StepState State);

/// <summary>Why a deadline's date is what it is: the anchor and the fact it came from, the count, the roll, the source and the steps.</summary>
public sealed record Explanation
{
    public required string Sentence { get; init; }

    /// <summary>The date it counts from, in the agency's zone.</summary>
    public required DateOnly AnchorOn { get; init; }

    /// <summary>Key of the fact or version the anchor came from.</summary>
    public required string AnchorFact { get; init; }

    /// <summary>What happened on the anchor date.</summary>
    public required string AnchorWhat { get; init; }

    /// <summary>The length counted, e.g. "90 calendar days".</summary>
    public required string Count { get; init; }

    public required DateOnly AsCounted { get; init; }

    public required DateOnly AsRolled { get; init; }

    public required Roll Roll { get; init; }

    public required string Rule { get; init; }

    public required string Source { get; init; }

    /// <summary>The steps up to and including the next one to come.</summary>
    public required IReadOnlyList<ExplainedStep> Steps { get; init; }

    /// <param name="mark">How far its reminders have gone, or null.</param>
    public static Explanation Of(Deadline deadline, Mark? mark, Calendar calendar) => new()
    {
        Sentence = SentenceOf(deadline),
        AnchorOn = deadline.Anchor.On,
        AnchorFact = deadline.Anchor.Fact,
        AnchorWhat = deadline.Anchor.What,
        Count = CountOf(deadline),
        AsCounted = deadline.Counted,
        AsRolled = deadline.Due,
        Roll = deadline.Rule.Roll,
        Rule = deadline.Rule.Sentence,
        Source = deadline.Rule.Source,
        Steps = [.. StepsOf(deadline, mark?.Done ?? 0, calendar)],
    };

    /// <summary>One sentence, without any name.</summary>
    public static string SentenceOf(Deadline deadline)
    {
        var rolled = deadline.Due == deadline.Counted ? "" : string.Create(CultureInfo.InvariantCulture, $", counted to {deadline.Counted:yyyy-MM-dd} and moved to the next day of business");
        return string.Create(CultureInfo.InvariantCulture,
            $"{deadline.Rule.Name} is due {deadline.Due:yyyy-MM-dd}: {CountOf(deadline)} after {deadline.Anchor.On:yyyy-MM-dd} ({deadline.Anchor.What}){rolled}.");
    }

    private static string CountOf(Deadline deadline) => deadline.Cycle == 1
        ? deadline.Rule.Due.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"cycle {deadline.Cycle} of every {deadline.Rule.Then ?? deadline.Rule.Due}");

    private static IEnumerable<ExplainedStep> StepsOf(Deadline deadline, int done, Calendar calendar)
    {
        for (var index = 0; deadline.Rule.StepAt(index) is { } next; index++)
        {
            yield return new ExplainedStep(
                Clocks.Rule.StepName(next.Days),
                Deadline.MorningOf(next.Days, deadline.Counted, deadline.Due, calendar),
                next.Step.To,
                index < done ? StepState.Taken : deadline.IsOpen ? StepState.ToCome : StepState.Dropped);
            if (index >= done && index >= deadline.Rule.Steps.Count - 1)
            {
                yield break;
            }
        }
    }
}
