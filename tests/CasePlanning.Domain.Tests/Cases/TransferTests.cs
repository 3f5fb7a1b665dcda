using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Tests.Packs;

namespace CasePlanning.Domain.Tests.Cases;

/// <summary>What becomes of a case's file and rules when it goes to another agency on Monday 2 June 2025.</summary>
public sealed class TransferTests
{
    private const string Day = "2025-06-02";
    private const string Reviewed = "2024-01-02 open; child dan; 2024-01-10 version home; 2024-03-25 review home; 2024-05-30 review home";

    [Fact]
    public void What_was_over_stays_judged_by_the_rules_it_was_under_and_what_is_open_is_counted_by_the_new_ones()
    {
        var former = Agency("county", "default") with { RuleChanges = [Sooner("2024-04-01")] };
        var before = Reviews(former, Notation.Of(Reviewed).File, Day);
        // 90 days from 10 January; 60 days from 25 March, in force since April; 60 days from 30 May.
        Assert.Equal(["2024-04-09 MetOnTime", "2024-05-24 MetLate", "2024-07-29 Overdue"], before);

        var after = Reviews(Agency("other", "default"), Moved(Notation.Of(Reviewed).File, former), Day);

        Assert.Equal(["2024-04-09 MetOnTime", "2024-05-24 MetLate", "2024-08-28 Overdue"], after);
    }

    [Fact]
    public void A_rule_of_both_agencies_has_been_in_force_since_before_and_one_of_the_new_agency_since_the_transfer()
    {
        var former = Agency("county", "federal") with { RuleChanges = [Packs("2025-01-01", "federal", "california")] };
        var file = Moved(Given.CaseWith(), former);
        var book = RuleBook.For(Agency("other", "federal", "california", "michigan") with { RuleChanges = [Packs("2025-09-01", "federal", "michigan", "default")] }).Of(file);

        Assert.Equal(DateOnly.MinValue, book.InForceSince("fed.visit", Given.Day("2025-10-01")));
        Assert.Equal(Given.Day("2025-01-01"), book.InForceSince("ca.initial", Given.Day("2025-08-31")));
        Assert.Equal(Given.Day(Day), book.InForceSince("mi.review", Given.Day("2025-10-01")));
        Assert.Equal(Given.Day("2025-09-01"), book.InForceSince("default.initial", Given.Day("2025-10-01")));
        Assert.Equal("the case was transferred to another agency", book.EndedBecause("wi.initial", Given.Day("2025-10-01")));
        Assert.Equal("its rule is no longer in force for this case", book.EndedBecause("ca.initial", Given.Day("2025-10-01")));
    }

    [Fact]
    public void Working_days_counted_before_the_transfer_stay_counted_and_later_ones_are_the_new_agencys()
    {
        var county = Agency("county", "default") with { Holidays = [Given.Day("2025-01-20")] };
        var file = Given.CaseWith(Given.Opened("2025-01-02"));
        var transfer = Transfer(RuleBook.For(county), Day, 1) with { DaysOffBefore = [.. county.Calendar().DaysOff.Between(Given.Day("2025-01-02"), Given.Day("2025-06-01"))] };
        var other = Agency("other", "default") with { Holidays = [Given.Day("2025-01-21"), Given.Day("2025-06-04")] };

        var calendar = RuleBook.For(other).Of(Transfers.Apply(file, transfer, null, new AgencyDirectory(other, [], []))).Calendar;

        Assert.Equal(Given.Day("2025-01-27"), calendar.AddWorkingDays(Given.Day("2025-01-17"), 5));
        Assert.Equal(Given.Day("2025-06-10"), calendar.AddWorkingDays(Given.Day("2025-06-02"), 5));
    }

    [Fact]
    public void A_second_transfer_keeps_what_the_first_one_kept()
    {
        var county = Agency("county", "federal", "wisconsin");
        var other = Agency("other", "federal", "michigan");
        var once = Moved(Given.CaseWith(), county);
        var twice = Moved(once, other, "2025-08-01", RuleBook.For(other).Of(once));

        var book = RuleBook.For(Agency("third", "federal", "michigan", "wisconsin")).Of(twice);

        Assert.Equal(DateOnly.MinValue, book.InForceSince("fed.visit", Given.Day("2025-10-01")));
        Assert.Equal(Given.Day(Day), book.InForceSince("mi.review", Given.Day("2025-10-01")));
        Assert.Equal(Given.Day("2025-08-01"), book.InForceSince("wi.initial", Given.Day("2025-10-01")));
    }

    [Fact]
    public void Back_on_the_same_day_a_rule_that_the_agency_in_between_does_not_know_was_never_out_of_force()
    {
        var (county, other) = (Agency("county", "default"), Agency("other", "michigan"));
        var there = Moved(Given.CaseWith(), county);
        var back = Moved(there, other, Day, RuleBook.For(other).Of(there));

        var book = RuleBook.For(county).Of(back);

        Assert.Equal(DateOnly.MinValue, book.InForceSince("default.initial", Given.Day("2025-10-01")));
        Assert.Single(back.LastTransfer!.RulesBefore); // the case spent no day with the other agency
    }

    [Fact]
    public void Assignments_end_with_the_transfer_and_one_that_lies_ahead_never_begins()
    {
        var file = Given.CaseWith(Given.Assigned("ahead", "2025-07-01"), Given.Assigned("past", "2024-01-01") with { Until = Given.Day("2024-02-01") });

        var moved = Moved(file, Agency("county", "default"));

        Assert.Equal("wanda", moved.WorkerOn(Given.Day("2025-06-01"))!.Person);
        Assert.Null(moved.WorkerOn(Given.Day(Day)));
        Assert.False(moved.IsAssigned("wanda", Given.Day(Day)));
        Assert.Null(moved.WorkerOn(Given.Day("2025-07-01")));
        Assert.Equal(Given.Day(Day), moved.Find<Assignment>("a-wanda")!.Until);
        Assert.Equal(Given.Day("2024-02-01"), moved.Find<Assignment>("a-past")!.Until);
        Assert.Equal("nora", moved.With(Given.Assigned("nora", Day)).WorkerOn(Given.Day(Day))!.Person);
    }

    [Theory]
    [InlineData("family", "sid")]
    [InlineData("vacant", "ada,amy")] // its supervisor has left
    [InlineData(null, "ada,amy")]
    public void A_sealed_case_is_open_to_the_receiving_supervisor_or_the_administrators(string? unit, string openTo)
    {
        Person Somebody(string id, Role role, bool active = true) => new() { Id = id, Agency = "other", Name = id, Email = $"{id}@other.org", Roles = [role], Active = active };
        var receiving = new AgencyDirectory(
            Agency("other", "default"),
            [new Unit { Id = "family", Agency = "other", Name = "Family", Supervisor = "sid" }, new Unit { Id = "vacant", Agency = "other", Name = "Vacant", Supervisor = "gus" }],
            [Somebody("sid", Role.Supervisor), Somebody("gus", Role.Supervisor, active: false), Somebody("amy", Role.Administrator), Somebody("ada", Role.Administrator)]);
        var sealedCase = Given.CaseWith() with { SealedTo = ["wanda", "sara"] };

        var moved = Transfers.Apply(sealedCase, Transfer(RuleBook.For(Agency("county", "default")), Day, 1), unit, receiving);

        Assert.Equal(openTo, string.Join(',', moved.SealedTo!));
        Assert.Null(Transfers.Apply(sealedCase with { SealedTo = null }, Transfer(RuleBook.For(Agency("county", "default")), Day, 1), unit, receiving).SealedTo);
    }

    [Fact]
    public void A_transfer_is_not_a_fact_that_can_be_recorded_or_corrected() =>
        Assert.NotEmpty(FactValidator.Check(Given.CaseWith(), Transfer(RuleBook.For(Agency("county", "default")), Day, 1), Given.Day(Day)));

    private static string[] Reviews(Agency agency, CaseFile file, string on) =>
    [
        .. Agenda.For(file, Notation.Of(Reviewed).Plans, RuleBook.For(agency), Marks.None, Given.Instant($"{on} 18:00Z")).Deadlines
            .Where(each => each.Rule.Id == "default.review").Select(each => $"{each.Counted:yyyy-MM-dd} {each.Status}"),
    ];

    private static CaseFile Moved(CaseFile file, Agency from, string on = Day, RuleBook? rules = null) => Transfers.Apply(
        file, Transfer(rules ?? RuleBook.For(from), on, file.Of<Transfer>().Count() + 1), null, new AgencyDirectory(Agency("other", "default"), [], []));

    private static Transfer Transfer(RuleBook rules, string on, int number) => new()
    {
        Source = $"t{number}", On = Given.Day(on), From = "county", To = "other", Reason = "The family moved.", RulesBefore = rules.Before(Given.Day(on)), DaysOffBefore = [],
        RecordedAt = Given.Instant($"{on} 18:00Z"),
    };

    private static Agency Agency(string id, params string[] packs) => Given.Agency("America/Chicago") with { Id = id, Packs = packs };

    private static RuleChange Packs(string from, params string[] packs) =>
        new() { InForceFrom = Given.Day(from), Packs = packs, By = "adele", At = default, Why = "The county decided so." };

    private static RuleChange Sooner(string from) => Packs(from, "default") with
    {
        Layer = System.Text.Json.JsonSerializer.Deserialize<RuleLayer>("""{ "rules": { "default.review": { "due": "60 days" } } }""", RulePacks.Json),
    };
}
