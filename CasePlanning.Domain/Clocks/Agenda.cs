using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Clocks;

/// <summary>What the ledger has to learn about one occurrence: its new mark, the step to raise now if any, and the steps it overtakes.</summary>
/// <param name="Step">The step to raise, or null when only the outcome or the date changed.</param>
/// <param name="StepDays">The step's days from the due date.</param>
/// <param name="Superseded">Names of the steps that lie in the past and are kept as superseded.</param>
public sealed record LedgerChange(Deadline Deadline, Mark Mark, ReminderStep? Step, int StepDays, IReadOnlyList<string> Superseded, bool OutcomeChanged)
{
    /// <summary>Name of the report that a reminded duty was missed.</summary>
    public const string MissedReport = "missed";

    /// <summary>The step's name: its days from the due date, or <see cref="MissedReport"/>.</summary>
    public string StepName => Mark.Outcome == Outcome.Missed ? MissedReport : Rule.StepName(StepDays);
}

/// <summary>When something should next be looked at.</summary>
/// <param name="Owner">Whose loop looks: <c>plan:…</c> or <c>case:…</c>.</param>
/// <param name="At">In UTC; null when nothing can fall due by itself.</param>
public readonly record struct NextWake(string Owner, DateTimeOffset? At);

/// <summary>
/// What follows from a case's facts at an instant: the stage of each plan, every deadline, what to raise now, and when to look again.
/// It is a pure function; a crash, a lost signal, a restored backup or a corrected date all heal with the next reading.
/// </summary>
public sealed class Agenda
{
    private readonly ClockView _view;
    private readonly RuleBook _book;
    private readonly Marks _raised;

    private Agenda(ClockView view, RuleBook book, Marks raised, DateTimeOffset now, LedgerReading reading) =>
        (_view, _book, _raised, Now, Changes, NextWakes) = (view, book, raised, now, reading.Changes, reading.Wakes());

    public DateTimeOffset Now { get; }

    public IReadOnlyList<PlanView> Plans => _view.Plans;

    /// <summary>
    /// Every occurrence the facts give, met and ended ones included, by due date. One that was over before its rule came into force isn't
    /// given: the rule bound nobody then. Only what the ledger has as open, met or missed is kept and judged by the facts as they now are.
    /// They are written out when first asked for; what is raised needs only those that change.
    /// </summary>
    public IReadOnlyList<Deadline> Deadlines => field ??= DeadlineReading.Of(_view, _book, _raised);

    public IReadOnlyList<LedgerChange> Changes { get; }

    /// <summary>When to look again: at each plan, and then at the case.</summary>
    public IReadOnlyList<NextWake> NextWakes { get; }

    /// <summary>The next open deadline of a plan or case, or null.</summary>
    public Deadline? Next(string owner) => Deadlines.FirstOrDefault(deadline => deadline.IsOpen && string.Equals(deadline.Owner, owner, StringComparison.Ordinal));

    /// <summary>Reads the agenda of a case.</summary>
    /// <param name="file">The case's facts.</param>
    /// <param name="plans">The case's plans.</param>
    /// <param name="rules">The rules of its agency.</param>
    /// <param name="raised">What was raised already.</param>
    /// <param name="now">The instant to read it at.</param>
    /// <param name="leadDays">Extra lead time of the case's worker: calendar days before the first reminder that they are told already.</param>
    public static Agenda For(CaseFile file, IReadOnlyList<CasePlan> plans, RuleBook rules, Marks raised, DateTimeOffset now, int leadDays = 0)
    {
        var book = rules.Of(file);
        var view = ClockView.Of(file, plans, book.Calendar, book.Calendar.DateAt(now));
        return new Agenda(view, book, raised, now, LedgerReading.Of(view, book, raised, now, leadDays));
    }
}
