using CasePlanning.Domain.Clocks;

namespace CasePlanning.Domain.Tests.Packs;

/// <summary>What was met or missed and is marked so isn't looked at again as long as the facts say the same of it.</summary>
public sealed class SettledTests
{
    private const string Contacted = "2025-01-15 open; child dan; 2025-02-10 family-met; 2025-02-20 mental-health-screening dan";

    /// <summary>A month missed, one met, and a screening done late, each wrong on the ledger in every way.</summary>
    public static TheoryData<string, string> Wrong
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var occurrence in new[] { "mn.contact~case:county-7~opening-open-1~1", "mn.contact~case:county-7~opening-open-1~2", "mn.mh-screening~child:dan~opening-open-1~1" })
            {
                foreach (var how in new[] { "counted", "due", "none", "met-on-time", "met-late", "missed", "ended", "void" })
                {
                    rows.Add(occurrence, how);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_the_ledger_has_wrong_is_put_right_by_the_next_reading(string occurrence, string how)
    {
        var right = Told(Contacted, "2025-03-10", Marks.None);
        var mark = right.ByOccurrence[occurrence];
        var wrong = how switch
        {
            "counted" => mark with { Counted = mark.Counted.AddDays(-1) },
            "due" => mark with { Due = mark.Due.AddDays(1) },
            _ => mark with { Outcome = Enum.Parse<Outcome>(how.Replace("-", "", StringComparison.Ordinal), ignoreCase: true) },
        };

        var healed = Told(Contacted, "2025-03-10", right.With([KeyValuePair.Create(occurrence, wrong)])).ByOccurrence[occurrence];

        Assert.Equal((mark.Counted, mark.Due, mark.Outcome), (healed.Counted, healed.Due, healed.Outcome));
    }

    [Theory]
    [InlineData("minnesota", Contacted, "mn.mh-screening~child:dan~opening-open-1~1", "excuse mn.mh-screening~child:dan~opening-open-1~1 until 2025-02-28", Outcome.MetLate, Outcome.MetOnTime)]
    [InlineData("minnesota", Contacted, "mn.contact~case:county-7~opening-open-1~1", "excuse mn.contact~case:county-7~opening-open-1~1 until 2025-02-05", Outcome.Missed, Outcome.None)]
    [InlineData("minnesota", Contacted, "mn.contact~case:county-7~opening-open-1~1", "2025-01-20 family-met", Outcome.Missed, Outcome.MetOnTime)]
    [InlineData("federal", "2025-01-02 open; child dan; foster dan; 2025-09-10 court-review dan", "fed.review~child:dan~placement-foster-3~1", "2025-08-20 detention dan; 2025-09-15 foster dan", Outcome.Missed, Outcome.MetOnTime)]
    public void What_is_recorded_later_changes_what_was_settled(string pack, string facts, string occurrence, string later, Outcome before, Outcome after)
    {
        var marks = Told(facts, "2026-04-10", Marks.None, pack);
        var changed = Told($"{facts}; {later}", "2026-04-10", marks, pack);

        Assert.Equal((before, after), (marks.ByOccurrence[occurrence].Outcome, changed.ByOccurrence[occurrence].Outcome));
    }

    [Fact]
    public void A_reading_of_what_is_settled_changes_nothing_in_whatever_order_it_is_marked()
    {
        var marks = Told(Contacted, "2025-03-10", Marks.None);
        var turned = Marks.None.With(marks.ByOccurrence.Reverse());

        Assert.Equal(marks.ByOccurrence.OrderBy(each => each.Key, StringComparer.Ordinal), Told(Contacted, "2025-03-10", turned).ByOccurrence.OrderBy(each => each.Key, StringComparer.Ordinal));
    }

    private static Marks Told(string facts, string on, Marks marks, string packs = "minnesota")
    {
        var read = Notation.Of(facts);
        var now = new DateTimeOffset(Given.Day(on).ToDateTime(new(18, 0)), TimeSpan.Zero);
        var agenda = Agenda.For(read.File, read.Plans, RuleBook.For(Vector.AgencyOf(packs)), marks, now);
        return marks.With(agenda.Changes.Select(change => KeyValuePair.Create(change.Deadline.Occurrence, change.Mark)));
    }
}
