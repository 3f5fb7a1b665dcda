namespace CasePlanning.Domain.Clocks;

/// <summary>A rule with its words looked up.</summary>
internal sealed class Clock(Rule rule)
{
    private readonly Condition[] _applies = [.. rule.Applies.Select(word => Vocabulary.Conditions[word])];

    public Rule Rule { get; } = rule;

    public FindAnchors FindAnchors { get; } = Vocabulary.Anchors[rule.Anchor];

    public FindAnchors? FindEarlierEvents { get; } = rule.NoLaterThan is { } word ? Vocabulary.Anchors[word] : null;

    public FindActs FindActs { get; } = Vocabulary.Acts[rule.MetBy];

    public Condition? VoidWhen { get; } = rule.VoidWhen is { } word ? Vocabulary.Conditions[word] : null;

    public bool AppliesTo(ClockView view, ClockTarget target)
    {
        foreach (var condition in _applies)
        {
            if (!condition(view, target))
            {
                return false;
            }
        }

        return true;
    }
}
