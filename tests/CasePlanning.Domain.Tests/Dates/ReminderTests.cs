using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Domain.Tests.Dates;

/// <summary>The mornings of reminder steps in Los Angeles at seven, found by waking only when asked to.</summary>
public sealed class ReminderTests
{
    private const string Initial = "default.initial~child:dan~opening-o1~1";

    // Due on Sunday 9 March 2025, the day on which clocks go forward from UTC-8 to UTC-7.
    [Fact]
    public void Steps_around_a_sunday_in_spring() => Wakes("2025-02-07",
    [
        "2025-02-21 15:00Z -14 after ", // Sunday the 23rd, back to Friday
        "2025-02-28 15:00Z -7 after ", // Sunday 2 March, back to Friday
        "2025-03-07 15:00Z 0 after -1", // Saturday and Sunday, both back to Friday: the latest of them
        "2025-03-10 14:00Z +1 after ", // Monday
        "2025-03-17 14:00Z +7 after ", // Sunday the 16th, on to Monday
        "2025-03-24 14:00Z +14 after ", // and weekly
    ]);

    // Due on Monday 3 November 2025, the day after clocks went back to UTC-8.
    [Fact]
    public void Steps_around_a_monday_in_autumn() => Wakes("2025-10-04",
    [
        "2025-10-20 14:00Z -14 after ",
        "2025-10-27 14:00Z -7 after ",
        "2025-10-31 14:00Z -1 after ", // Sunday the 2nd, back to Friday
        "2025-11-03 15:00Z 0 after ",
        "2025-11-04 15:00Z +1 after ",
        "2025-11-10 15:00Z +7 after ",
        "2025-11-17 15:00Z +14 after ",
        "2025-11-24 15:00Z +21 after ",
    ]);

    // Due on Christmas Day 2025, a Thursday; New Year's Day is the Thursday after.
    [Fact]
    public void Steps_around_holidays() => Wakes("2025-11-25",
    [
        "2025-12-11 15:00Z -14 after ",
        "2025-12-18 15:00Z -7 after ",
        "2025-12-24 15:00Z 0 after -1", // the 24th by itself, and the 25th moved back to it
        "2025-12-26 15:00Z +1 after ",
        "2026-01-02 15:00Z +7 after ", // New Year's Day, on to Friday
        "2026-01-08 15:00Z +14 after ", // counted from the due date, not from the step before
    ], "2025-12-25", "2026-01-01");

    [Fact]
    public void After_an_outage_only_the_latest_step_goes_out()
    {
        var (file, rules) = Opened("2025-01-02"); // due Saturday 1 February
        var agenda = Read(file, rules, Marks.None, "2025-02-05 18:00Z");
        var change = Assert.Single(agenda.Changes);
        Assert.Equal("+1", Rule.StepName(change.StepDays)); // its morning was Monday the 3rd
        Assert.Equal(["-14", "-7", "-1", "0"], change.Superseded);
        Assert.Equal([Role.Worker, Role.Supervisor], change.Step!.To);
        Assert.True(change.Step.Immediate);
    }

    [Fact]
    public void From_day_seven_on_the_manager_is_told_too()
    {
        var (file, rules) = Opened("2025-01-02");
        var change = Read(file, rules, Marks.None, "2025-02-10 15:00Z").Changes.Single();
        Assert.Equal([Role.Worker, Role.Supervisor, Role.Manager], change.Step!.To);
    }

    [Fact]
    public void A_corrected_date_begins_a_round_of_the_steps_still_to_come()
    {
        var (file, rules) = Opened("2025-01-02"); // steps Fri 17, Fri 24, Fri 31 January
        var marks = Saved(Marks.None, Read(file, rules, Marks.None, "2025-01-31 15:00Z"));
        Assert.Equal(new Mark(Given.Day("2025-02-01"), Given.Day("2025-02-01"), 1, 4, Outcome.None), marks.ByOccurrence[Initial]);

        var later = file.With(Given.Opened("2025-01-12")); // due Tuesday 11 February: -14 was Tuesday 28 January, -7 will be Tuesday 4 February
        var agenda = Read(later, rules, marks, "2025-01-31 20:00Z");
        Assert.Null(agenda.Changes.Single().Step);
        Assert.Equal(new Mark(Given.Day("2025-02-11"), Given.Day("2025-02-11"), 2, 1, Outcome.None), agenda.Changes.Single().Mark);
        Assert.Equal(Given.Instant("2025-02-04 15:00Z"), agenda.NextWakes.Min(wake => wake.At));

        var next = Read(later, rules, Saved(marks, agenda), "2025-02-04 15:00Z").Changes.Single();
        Assert.Equal((2, "-7"), (next.Mark.Round, Rule.StepName(next.StepDays)));
        Assert.Empty(next.Superseded);
    }

    [Fact]
    public void While_excused_nothing_goes_out_and_then_the_first_working_morning_takes_it_up()
    {
        var (file, rules) = Opened("2025-01-02");
        var excused = file.With(new Excusal { Source = "e1", On = Given.Day("2025-01-03"), Occurrence = Initial,
            Until = Given.Day("2025-02-07"), Reason = "child missing" });
        var silent = Read(excused, rules, Marks.None, "2025-02-03 15:00Z");
        Assert.Empty(silent.Changes);
        Assert.Equal(DeadlineStatus.Excused, silent.Deadlines.Single().Status);
        Assert.Equal(Given.Instant("2025-02-10 15:00Z"), silent.NextWakes.Min(wake => wake.At)); // Friday the 7th is the last day; Monday

        // Saturday: no longer excused, not yet a working morning
        Assert.Empty(Read(excused, rules, Marks.None, "2025-02-08 12:00Z").Changes);
        Assert.Equal("+7", Rule.StepName(Read(excused, rules, Marks.None, "2025-02-10 15:00Z").Changes.Single().StepDays));
    }

    [Fact]
    public void What_people_were_told_of_and_is_withdrawn_is_void()
    {
        var (file, rules) = Opened("2025-01-02");
        var marks = Saved(Marks.None, Read(file, rules, Marks.None, "2025-01-17 15:00Z"));
        var gone = Read(file.With(Given.Opened("2025-01-02") with { Withdrawn = "wrong case" }), rules, marks, "2025-01-18 15:00Z");
        Assert.Equal((DeadlineStatus.Void, Outcome.Void, null),
            (gone.Changes.Single().Deadline.Status, gone.Changes.Single().Mark.Outcome, gone.Changes.Single().Step));
        Assert.Null(gone.NextWakes.Min(wake => wake.At));

        var back = Read(file, rules, Saved(marks, gone), "2025-01-24 15:00Z").Changes.Single();
        Assert.Equal("-7", Rule.StepName(back.StepDays)); // it goes on from where it was
    }

    [Fact]
    public void A_morning_once_taken_stays_quiet()
    {
        var (file, rules) = Opened("2025-01-02");
        var marks = Saved(Marks.None, Read(file, rules, Marks.None, "2025-01-17 15:00Z"));
        Assert.Empty(Read(file, rules, marks, "2025-01-17 15:00Z").Changes);
        Assert.Empty(Read(file, rules, marks, "2025-01-24 14:59Z").Changes);
        Assert.Single(Read(file, rules, marks, "2025-01-24 15:00Z").Changes);
    }

    private static void Wakes(string opened, string[] expected, params string[] holidays)
    {
        var (file, rules) = Opened(opened, holidays);
        var marks = Marks.None;
        var found = new List<string>();
        var now = Given.Instant($"{opened} 20:00Z");
        while (found.Count < expected.Length)
        {
            var agenda = Read(file, rules, marks, now);
            found.AddRange(agenda.Changes.Where(change => change.Step is not null)
                .Select(change => FormattableString.Invariant($"{now:yyyy-MM-dd HH:mm}Z {Rule.StepName(change.StepDays)} after {string.Join(' ', change.Superseded)}")));
            marks = Saved(marks, agenda);
            now = agenda.NextWakes.Min(wake => wake.At)!.Value;
        }

        Assert.Equal(expected, found);
    }

    private static (CaseFile File, RuleBook Rules) Opened(string on, params string[] holidays) =>
        (Given.CaseWith(Given.Opened(on), Given.Child("dan", "2020-01-01")),
            RuleBook.For(Given.Agency("America/Los_Angeles", "07:00", holidays)));

    private static Agenda Read(CaseFile file, RuleBook rules, Marks marks, string now) =>
        Read(file, rules, marks, Given.Instant(now));

    private static Agenda Read(CaseFile file, RuleBook rules, Marks marks, DateTimeOffset now) =>
        Agenda.For(file, Plans.PlanDuties.Reconcile(file, [], "system", now, rules.Calendar.DateAt(now)), rules, marks, now);

    private static Marks Saved(Marks marks, Agenda agenda) =>
        marks.With(agenda.Changes.Select(change => KeyValuePair.Create(change.Deadline.Occurrence, change.Mark)));
}
