using System.Globalization;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Clocks;

/// <summary>What one clock runs for, and the time it runs in. A view makes it, and it holds as long as the view does.</summary>
public sealed class ClockTarget
{
    private ClockView _view = null!;
    private FosterCare? _care;
    private Spell _time;

    internal ClockTarget()
    {
    }

    internal SubjectName Name => Child is not null ? new("child:", Child.Source, "", "")
        : Version is not null ? new("version:", Plan!.Plan.Id, ".v", Version.Number.ToString(CultureInfo.InvariantCulture))
        : new(Owner, "", "", "");

    /// <summary>E.g. <c>child:daniel</c>.</summary>
    public string Subject => Name.ToString();

    /// <summary>Whose loop it belongs to: <c>plan:…</c> or <c>case:…</c>.</summary>
    public string Owner => Plan?.Owner ?? _view.Owner;

    public ref readonly Spell Time => ref _time;

    /// <summary>The plan it belongs to; null for what is the case's own.</summary>
    public PlanView? Plan { get; private set; }

    public PlanPeriod? Period { get; private set; }

    public Membership? Member { get; private set; }

    public Participant? Child { get; private set; }

    public PlanVersion? Version { get; private set; }

    /// <summary>The child's time in foster care, where the child is placed.</summary>
    public FosterCare? Care => Member is { Setting: Setting.OutOfHome } ? _care ??= Spells.CareOf(_view.File, Member, _view.Today) : null;

    /// <summary>Why the clock has stopped by a date; null while it runs.</summary>
    public string? EndedBy(DateOnly today) => Time.HasEndedBy(today) ? Time.Ended : null;

    /// <summary>Makes it another target.</summary>
    internal void Become(ClockView view, in Spell time, PlanView? plan, PlanPeriod? period, Membership? member, Participant? child, PlanVersion? version)
    {
        _view = view;
        _care = null;
        _time = time;
        (Plan, Period, Member, Child, Version) = (plan, period, member, child, version);
    }
}

/// <summary>Names what a clock runs for, put together only where the name is asked for.</summary>
internal readonly record struct SubjectName(string Head, string Id, string Joint, string Tail)
{
    public int Length => Head.Length + Id.Length + Joint.Length + Tail.Length;

    /// <summary>Writes the name into the beginning of a span that has room for it.</summary>
    public void CopyTo(Span<char> destination)
    {
        Head.CopyTo(destination);
        Id.CopyTo(destination[Head.Length..]);
        Joint.CopyTo(destination[(Head.Length + Id.Length)..]);
        Tail.CopyTo(destination[(Head.Length + Id.Length + Joint.Length)..]);
    }

    public override string ToString() => string.Concat(Head, Id, Joint, Tail);
}
