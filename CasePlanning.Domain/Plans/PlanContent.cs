namespace CasePlanning.Domain.Plans;

/// <summary>What a version says. Editable while the version is a draft, frozen from its submission on.</summary>
public sealed record PlanContent
{
    public required string Plan { get; init; }

    public required int Version { get; init; }

    /// <summary>Counts the changes of this document; its ETag.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>Court numbers, each from the case's legal record (WI-08).</summary>
    public IReadOnlyList<string> CourtNumbers { get; init; } = [];

    /// <summary>Why the plan's goal is appropriate (CA-13); blank in an update made from an initial plan (CA-12).</summary>
    public string Appropriateness { get; init; } = "";

    /// <summary>How the child meets eligibility, where the plan is kinship guardianship (CA-13).</summary>
    public string KinshipEligibility { get; init; } = "";

    public IReadOnlyList<ChildGoal> ChildGoals { get; init; } = [];

    public IReadOnlyList<Signature> Signatures { get; init; } = [];

    public IReadOnlyList<ContributingFactor> ContributingFactors { get; init; } = [];

    public IReadOnlyList<PlanItem> Strengths { get; init; } = [];

    public IReadOnlyList<ServiceObjective> ServiceObjectives { get; init; } = [];

    public IReadOnlyList<PlanItem> PlannedServices { get; init; } = [];

    public IReadOnlyList<PlanItem> CaseManagementServices { get; init; } = [];

    public IReadOnlyList<TargetGroup> TargetGroups { get; init; } = [];

    public SafetySection? Safety { get; init; }

    public CpsSection? Cps { get; init; }

    public YouthParticipation? Youth { get; init; }
}

public enum PermanencyGoal
{
    None, Adoption, AdoptionWithSiblings, LegalGuardianship, LongTermFosterCareWithNonRelative, LongTermFosterCareWithRelative,
    MaintainMinorWithGuardian, RemainHome, ReturnHome,
}

public enum AdoptionAssessment { NotAssessed, Adoptable, NotAdoptable }

public enum ServiceComponent { EmergencyResponse, FamilyMaintenance, FamilyReunification, PermanentPlacement, SupportiveTransition }

/// <summary>Per focus child (CA-15, CA-16).</summary>
public sealed record ChildGoal
{
    public required string Child { get; init; }

    public PermanencyGoal Goal { get; init; }

    public PermanencyGoal ConcurrentGoal { get; init; }

    public PermanencyGoal PermanencyAlternative { get; init; }

    public DateOnly? ProjectedTermination { get; init; }

    public AdoptionAssessment Adoptions { get; init; }

    public ServiceComponent? Component { get; init; }

    public DateOnly? ComponentFrom { get; init; }
}

/// <summary>Per participant (CA-14). A signature dated before its version was created is prior and never counts for it.</summary>
public sealed record Signature
{
    public required string Participant { get; init; }

    public DateOnly? Reviewed { get; init; }

    public DateOnly? Signed { get; init; }

    public DateOnly? RefusedToSign { get; init; }

    public DateOnly? RefusedToParticipate { get; init; }

    /// <summary>Reason or comments.</summary>
    public string Comments { get; init; } = "";

    /// <summary>The day whoever signed was given a copy (MN-05).</summary>
    public DateOnly? CopyGiven { get; init; }

    /// <summary>The signature given on an earlier version, for information.</summary>
    public DateOnly? PriorSigned { get; init; }
}

/// <summary>Applies to one or many participants (CA-18).</summary>
public sealed record ContributingFactor
{
    public required string Id { get; init; }

    public required IReadOnlyList<string> Participants { get; init; }

    public required string Factor { get; init; }

    public string Description { get; init; } = "";
}

/// <summary>A strength, a planned client service or a case-management service (CA-19 to CA-21).</summary>
public sealed record PlanItem
{
    public required string Id { get; init; }

    public required IReadOnlyList<string> Participants { get; init; }

    public required string What { get; init; }

    public string Description { get; init; } = "";

    public string Frequency { get; init; } = "";

    public int? Occurrences { get; init; }

    public string Progress { get; init; } = "";
}

/// <summary>What one participant is to reach (CA-08).</summary>
public sealed record ServiceObjective
{
    /// <summary>Names the objective within the plan and across its versions.</summary>
    public required string Id { get; init; }

    public required string Participant { get; init; }

    public required string Objective { get; init; }

    public string Detail { get; init; } = "";

    public DateOnly? ProjectedCompletion { get; init; }

    /// <summary>Additional description for this participant.</summary>
    public string Description { get; init; } = "";
}

public enum GroupKind { Children, Caregivers, Family }

/// <summary>Child(ren), parents or caregivers, family: how they function, and their conditions with goals and services (WI-12 to WI-15).</summary>
public sealed record TargetGroup
{
    public required GroupKind Group { get; init; }

    public string GeneralFunctioning { get; init; } = "";

    public IReadOnlyList<Condition> Conditions { get; init; } = [];
}

public sealed record Condition
{
    public required string Id { get; init; }

    public required string Objective { get; init; }

    public required IReadOnlyList<string> Participants { get; init; }

    public IReadOnlyList<Goal> Goals { get; init; } = [];
}

public sealed record Goal
{
    public required string Id { get; init; }

    public required string Description { get; init; }

    public IReadOnlyList<Service> Services { get; init; } = [];
}

public enum ResponsibleParty { Provider, MedicalOrMentalHealthProvider, ParticipantOrCollateral, Worker }

public enum ServiceStatus { Planned, Active, Completed, Discontinued }

public sealed record Service
{
    public required string Id { get; init; }

    public required string Category { get; init; }

    public string Explanation { get; init; } = "";

    public required ResponsibleParty Responsible { get; init; }

    public string ResponsibleName { get; init; } = "";

    public string Frequency { get; init; } = "";

    public required DateOnly Begins { get; init; }

    public DateOnly? Ends { get; init; }

    public string Progress { get; init; } = "";

    public ServiceStatus Status { get; init; }

    public string StatusDescription { get; init; } = "";

    /// <summary>Items of the child's most recent CANS that this service addresses (WI-17).</summary>
    public IReadOnlyList<string> CansItems { get; init; } = [];
}

/// <summary>Where safety services exist (WI-10).</summary>
public sealed record SafetySection
{
    /// <summary>Source id of the associated safety assessment (WI-11).</summary>
    public string? Assessment { get; init; }

    public string DiminishedCapacity { get; init; } = "";

    public IReadOnlyList<string> DiminishedCapacityValues { get; init; } = [];

    public string BehavioralChange { get; init; } = "";
}

/// <summary>What a CPS plan holds for children at home (MN-04).</summary>
public sealed record CpsSection
{
    public string CaseInformation { get; init; } = "";

    public string Persons { get; init; } = "";

    /// <summary>Safety and risk factors that make services needed.</summary>
    public string Reasons { get; init; } = "";

    public string FamilyStrengths { get; init; } = "";

    public string FamilyNeeds { get; init; } = "";

    public string Goals { get; init; } = "";

    public string WhatMustHappen { get; init; } = "";

    /// <summary>Other educational, physical or mental-health needs of any child in the home, or that there are none.</summary>
    public string OtherNeeds { get; init; } = "";

    public DateOnly? ReviewOn { get; init; }

    public string IfBehaviorDoesNotChange { get; init; } = "";
}

/// <summary>Youth take part, or the reason why not is on record (MI-11).</summary>
public sealed record YouthParticipation
{
    public bool TookPart { get; init; }

    public string Reason { get; init; } = "";

    public string FamilyRequests { get; init; } = "";
}

public enum Met { Yes, No, NotDeterminable, InProgress }

/// <summary>Progress on the objectives of the version in effect; the version itself stays frozen (CA-04 to CA-07).</summary>
public sealed record PlanProgress
{
    public required string Plan { get; init; }

    public required int Version { get; init; }

    public int Revision { get; init; } = 1;

    public IReadOnlyList<ObjectiveProgress> Objectives { get; init; } = [];

    public ObjectiveProgress? For(string objective) =>
        Objectives.FirstOrDefault(each => string.Equals(each.Objective, objective, StringComparison.Ordinal));
}

public sealed record ObjectiveProgress
{
    public required string Objective { get; init; }

    public required Met Met { get; init; }

    public required string Narrative { get; init; }

    /// <summary>The agency's date on which it was recorded.</summary>
    public required DateOnly RecordedOn { get; init; }

    public required string RecordedBy { get; init; }
}
