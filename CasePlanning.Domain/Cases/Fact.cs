using System.Text.Json.Serialization;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Domain.Cases;

/// <summary>
/// One thing known about a case. The system that owns it names it by <see cref="Source"/>, so that recording it again is harmless;
/// it can be corrected and withdrawn, each time with a reason.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Opening), "opening")]
[JsonDerivedType(typeof(Participant), "participant")]
[JsonDerivedType(typeof(Placement), "placement")]
[JsonDerivedType(typeof(Determination), "determination")]
[JsonDerivedType(typeof(Assessment), "assessment")]
[JsonDerivedType(typeof(LegalRecord), "legal-record")]
[JsonDerivedType(typeof(Assignment), "assignment")]
[JsonDerivedType(typeof(Contact), "contact")]
[JsonDerivedType(typeof(Meeting), "meeting")]
[JsonDerivedType(typeof(ToolCompleted), "tool")]
[JsonDerivedType(typeof(PlanReview), "review")]
[JsonDerivedType(typeof(PlanClosing), "closing")]
[JsonDerivedType(typeof(PlanReopening), "reopening")]
[JsonDerivedType(typeof(Excusal), "excusal")]
[JsonDerivedType(typeof(Transfer), "transfer")]
public abstract record Fact
{
    /// <summary>Id in the owning system; 1 to 64 letters, digits, dots, underscores or hyphens; unique per case and kind.</summary>
    public required string Source { get; init; }

    /// <summary>The date it holds from, or the day the act took place, in the agency's time zone.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The instant it was last recorded or corrected here.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>The day it was first recorded, in the agency's time zone.</summary>
    public DateOnly RecordedOn { get; init; }

    /// <summary>Id of the person who recorded it.</summary>
    public string RecordedBy { get; init; } = "";

    /// <summary>One for a fact as first recorded, one more for each correction.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>Why it was withdrawn, or null while it holds.</summary>
    public string? Withdrawn { get; init; }

    /// <summary>The kind's name as routes and stored documents write it.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>Names this fact within its case, e.g. <c>placement-4711</c>.</summary>
    [JsonIgnore]
    public string Key => $"{Kind}-{Source}";

    /// <summary>True for something done rather than something that holds; an act can't lie in the future.</summary>
    [JsonIgnore]
    public virtual bool IsAct => false;

    /// <summary>True when both say the same thing, whenever and by whomever it was recorded.</summary>
    public bool SaysTheSameAs(Fact other) =>
        Bare(this).Equals(Bare(other));

    private static Fact Bare(Fact fact) =>
        fact with { RecordedAt = default, RecordedOn = default, RecordedBy = "", Revision = 0, Withdrawn = null };
}

/// <summary>The case was opened for services.</summary>
public sealed record Opening : Fact
{
    [JsonIgnore]
    public override string Kind => "opening";
}

public enum ParticipantRole { FocusChild, Child, Parent, Guardian, ParentOutsideHome, Other }

/// <summary>Wisconsin's word for the service a child is known through; with the plan date it decides the kind of plan (WI-04).</summary>
public enum PersonType { Cps, YouthJustice, Voluntary, PostPermanency }

/// <summary>Somebody the plan is about. Focus children are kept apart from other participants (CA-09).</summary>
public sealed record Participant : Fact
{
    [JsonIgnore]
    public override string Kind => "participant";

    public required string Name { get; init; }

    public required ParticipantRole Role { get; init; }

    public DateOnly? BirthDate { get; init; }

    public PersonType? PersonType { get; init; }

    public bool IndianChild { get; init; }

    /// <summary>Last day on the case, or null.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Completed years on a date, or null when the birth date isn't known.</summary>
    public int? AgeOn(DateOnly date)
    {
        if (BirthDate is not { } born)
        {
            return null;
        }

        var years = date.Year - born.Year;
        return born.AddYears(years) > date ? years - 1 : years;
    }
}

public enum PlacementSetting { Home, FosterHome, RelativeHome, GroupHome, Institution, Shelter, Detention, Hospital, TrialHome, Missing }

/// <summary>From this date the child lives here. <see cref="PlacementSetting.Home"/> is the return home; a trial home visit is still a placement.</summary>
public sealed record Placement : Fact
{
    [JsonIgnore]
    public override string Kind => "placement";

    /// <summary>Source id of the child's participant fact.</summary>
    public required string Child { get; init; }

    public required PlacementSetting Setting { get; init; }
}

public enum DeterminationKind
{
    ServicesNeeded, MaltreatmentDetermined, EndOfAssessment, InPersonResponse, ComplaintAssigned, JudicialFinding, DispositionalHearing,
    OrderForPlacement, OrderForProtectiveCare, LegalCustodyTransferred, Continuance, PermanencyPetition, PetitionException, TribalStatus,
}

/// <summary>A determination of the agency or an order of the court; a hearing may lie ahead.</summary>
public sealed record Determination : Fact
{
    [JsonIgnore]
    public override string Kind => "determination";

    public required DeterminationKind What { get; init; }

    /// <summary>Source id of the child it is about, or null for the whole case.</summary>
    public string? Child { get; init; }
}

public enum AssessmentKind { Safety, Cans, Risk, RiskReassessment }

public enum AssessmentStatus { Pending, Approved }

public sealed record Assessment : Fact
{
    [JsonIgnore]
    public override string Kind => "assessment";

    [JsonIgnore]
    public override bool IsAct => true;

    public required AssessmentKind What { get; init; }

    public AssessmentStatus Status { get; init; } = AssessmentStatus.Approved;

    public string? Child { get; init; }

    public bool SafetyConcerns { get; init; }
}

public sealed record LegalRecord : Fact
{
    [JsonIgnore]
    public override string Kind => "legal-record";

    public required string CourtNumber { get; init; }

    public string? Child { get; init; }
}

/// <summary>A worker is assigned to the case. The latest primary assignment names the worker who is reminded.</summary>
public sealed record Assignment : Fact
{
    [JsonIgnore]
    public override string Kind => "assignment";

    /// <summary>Id of the person in the agency's people table.</summary>
    public required string Person { get; init; }

    public bool Primary { get; init; } = true;

    /// <summary>Last day, or null.</summary>
    public DateOnly? Until { get; init; }
}

public enum ContactKind { CaseworkerVisit, FamilyMet, FamilyContacted, ProviderMetFamily, ProviderConsultation, TribalContact, ScreeningReferral, AbsentParentSearch }

public sealed record Contact : Fact
{
    [JsonIgnore]
    public override string Kind => "contact";

    [JsonIgnore]
    public override bool IsAct => true;

    public required ContactKind What { get; init; }

    public string? Child { get; init; }

    public string? Narrative { get; init; }
}

public enum MeetingKind { FamilyTeam, AdministrativeReview, CourtReview, PermanencyHearing, ClosingMeeting, SupervisorReview, AttorneyConsultation, PlanFiledWithCourt }

public sealed record Meeting : Fact
{
    [JsonIgnore]
    public override string Kind => "meeting";

    [JsonIgnore]
    public override bool IsAct => true;

    public required MeetingKind What { get; init; }

    public string? Child { get; init; }

    public string? Attended { get; init; }

    public string? Narrative { get; init; }
}

public enum ToolKind { ChildWellbeing, MentalHealthScreening, DevelopmentalScreening }

public sealed record ToolCompleted : Fact
{
    [JsonIgnore]
    public override string Kind => "tool";

    [JsonIgnore]
    public override bool IsAct => true;

    public required ToolKind What { get; init; }

    public required string Child { get; init; }
}

/// <summary>A review meeting on a case plan, with the six-point analysis (MN-10, MN-11).</summary>
public sealed record PlanReview : Fact
{
    [JsonIgnore]
    public override string Kind => "review";

    [JsonIgnore]
    public override bool IsAct => true;

    public required string Plan { get; init; }

    /// <summary>Who attended.</summary>
    public required string Attended { get; init; }

    public string? CurrentSafety { get; init; }

    public string? ProtectiveFactors { get; init; }

    public string? Progress { get; init; }

    public string? Services { get; init; }

    public string? LevelOfRisk { get; init; }

    public string? ReadyToClose { get; init; }
}

/// <summary>A plan was closed, with the factors considered (MN-15 to MN-17).</summary>
public sealed record PlanClosing : Fact
{
    [JsonIgnore]
    public override string Kind => "closing";

    [JsonIgnore]
    public override bool IsAct => true;

    public required string Plan { get; init; }

    public required string Reason { get; init; }

    public bool GoalsMet { get; init; }

    public bool SafetyConcernsEliminated { get; init; }

    public string? FamilyView { get; init; }

    public string? ProviderInput { get; init; }

    public string? RemainingNeeds { get; init; }
}

/// <summary>A closed plan begins again; its clocks are anchored anew on this date.</summary>
public sealed record PlanReopening : Fact
{
    [JsonIgnore]
    public override string Kind => "reopening";

    [JsonIgnore]
    public override bool IsAct => true;

    public required string Plan { get; init; }

    public required string Reason { get; init; }
}

/// <summary>A deadline is excused until a date, by someone entitled to; it stays visible.</summary>
public sealed record Excusal : Fact
{
    [JsonIgnore]
    public override string Kind => "excusal";

    [JsonIgnore]
    public override bool IsAct => true;

    /// <summary>Key of the occurrence.</summary>
    public required string Occurrence { get; init; }

    /// <summary>Last day of the excuse.</summary>
    public required DateOnly Until { get; init; }

    public required string Reason { get; init; }
}

/// <summary>The case went from one agency to another. It is recorded by transferring the case, from that day on, and isn't corrected or withdrawn.</summary>
public sealed record Transfer : Fact
{
    [JsonIgnore]
    public override string Kind => "transfer";

    [JsonIgnore]
    public override bool IsAct => true;

    /// <summary>Id of the agency that held the case until then.</summary>
    public required string From { get; init; }

    /// <summary>Id of the agency that holds it from then on.</summary>
    public required string To { get; init; }

    public required string Reason { get; init; }

    /// <summary>The rules the case was under, the first ones first: those both agencies have go on, and what was over stays judged by them.</summary>
    public required IReadOnlyList<FormerEdition> RulesBefore { get; init; }

    /// <summary>The days off until then, from the case's first date on: working days that were counted stay counted.</summary>
    public required IReadOnlyList<DateOnly> DaysOffBefore { get; init; }
}
