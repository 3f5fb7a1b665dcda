using System.Globalization;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Tests;

/// <summary>What a specification begins with. Dates are written year, month, day.</summary>
public static class Given
{
    public const string Case = "county-7";
    public const string HomePlan = "county-7.home";
    public const string PlacedPlan = "county-7.placed";

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateTimeOffset Instant(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static Agency Agency(string zone = "America/Los_Angeles", string morning = "07:00", params string[] holidays) => new()
    {
        Id = "county", Name = "County", Zone = zone, Morning = TimeOnly.ParseExact(morning, "HH:mm", CultureInfo.InvariantCulture),
            Holidays = [.. holidays.Select(Day)],
    };

    /// <summary>The agency once it has also decided on these rules; of two decisions for one day the later counts.</summary>
    public static Agency Changed(this Agency agency, string from, IReadOnlyList<string> packs, RuleLayer? layer = null) => agency with
    {
        RuleChanges =
        [
            .. agency.RuleChanges,
            new RuleChange
            {
                InForceFrom = Day(from), Packs = packs, Layer = layer, By = "adele", Why = "The county decided so.",
                At = Instant("2024-12-01 12:00Z").AddDays(agency.RuleChanges.Count),
            },
        ],
    };

    public static RuleBook Rules { get; } = RuleBook.For(Agency());

    public static Actor Worker(DateOnly on) => By("wanda", on);

    public static Actor Supervisor(DateOnly on) => By("sara", on);

    /// <summary>Somebody acting at noon in Los Angeles.</summary>
    public static Actor By(string person, DateOnly on) => new(person, new DateTimeOffset(on.ToDateTime(new(20, 0)), TimeSpan.Zero), on);

    /// <summary>A case that Wanda works on, with whatever facts are known.</summary>
    public static CaseFile CaseWith(params Fact[] facts) =>
        facts.Aggregate(new CaseFile { Id = Case, Agency = "county", Number = "7", Unit = "intake" }, (file, fact) => file.With(fact))
            .With(Assigned("wanda", "2000-01-01"));

    public static Assignment Assigned(string person, string on) => new() { Source = $"a-{person}", On = Day(on), Person = person };

    public static Opening Opened(string on) => new() { Source = "o1", On = Day(on) };

    public static Participant Child(string id, string on, PersonType? type = PersonType.Voluntary) =>
        new() { Source = id, On = Day(on), Name = id, Role = ParticipantRole.FocusChild, PersonType = type };

    public static Participant Parent(string id, string on) => new() { Source = id, On = Day(on), Name = id, Role = ParticipantRole.Parent };

    public static Placement Placed(string child, string on, string source = "p1") =>
        new() { Source = source, On = Day(on), Child = child, Setting = PlacementSetting.FosterHome };

    public static Placement Home(string child, string on, string source = "h1") =>
        new() { Source = source, On = Day(on), Child = child, Setting = PlacementSetting.Home };

    public static PlanReview Review(string on, string source = "r1", string plan = HomePlan) =>
        new() { Source = source, On = Day(on), Plan = plan, Attended = "everybody" };

    public static PlanClosing Closing(string on, string source = "c1", string plan = HomePlan) => new()
    {
        Source = source, On = Day(on), Plan = plan, Reason = "Goals are met.", GoalsMet = true, SafetyConcernsEliminated = true,
        FamilyView = "The family agrees.", ProviderInput = "Counseling is complete.", RemainingNeeds = "None.",
    };

    public static PlanReopening Reopening(string on, string source = "ro1", string plan = HomePlan) =>
        new() { Source = source, On = Day(on), Plan = plan, Reason = "New concerns." };

    public static Assessment Assessed(AssessmentKind what, string on, string source) =>
        new() { Source = source, On = Day(on), What = what };

    public static Meeting Held(MeetingKind what, string on, string source) => new() { Source = source, On = Day(on), What = what };

    public static ServiceObjective Objective(string id, string participant = "dan") =>
        new() { Id = id, Participant = participant, Objective = $"Objective {id}" };

    public static CpsSection EveryElement { get; } = new()
    {
        CaseInformation = "Case 7.", Persons = "Dan and his parents.", Reasons = "Fights at home.", FamilyStrengths = "They talk.",
            FamilyNeeds = "Calm.", Goals = "No fights.",
        WhatMustHappen = "Counseling.", OtherNeeds = "None.", ReviewOn = Day("2025-04-01"), IfBehaviorDoesNotChange = "Court.",
    };

    /// <summary>Content with which the version can be approved: everybody signed on the day it was created.</summary>
    public static PlanContent Complete(PlanVersion version, string plan = HomePlan) => new()
    {
        Plan = plan, Version = version.Number, Cps = EveryElement,
        Signatures = [.. version.FocusChildren.Concat(version.Participants)
            .Select(each => new Signature { Participant = each, Signed = version.CreatedOn })],
    };

    public static PlanProgress Progress(int version, params (string Objective, Met Met)[] recorded) => new()
    {
        Plan = HomePlan, Version = version,
        Objectives = [.. recorded.Select(each =>
            new ObjectiveProgress { Objective = each.Objective, Met = each.Met, Narrative = $"About {each.Objective}.",
            RecordedOn = default, RecordedBy = "wanda" })],
    };

    public static void RefusedWith(this Refusal? refusal, string rule)
    {
        Assert.NotNull(refusal);
        Assert.Contains(refusal.Reasons, reason => reason.Rule == rule);
    }
}
