using FluentValidation;

namespace CasePlanning.Domain.Cases;

/// <summary>What every fact has to satisfy to be recorded on a case; all violations are reported at once.</summary>
public sealed class FactValidator : AbstractValidator<Fact>
{
    /// <summary>Longest text of a narrative, in characters.</summary>
    public const int LongestText = 8000;

    private static readonly DateOnly Earliest = new(1900, 1, 1);

    /// <param name="file">The case the fact is for.</param>
    /// <param name="today">The agency's date.</param>
    public FactValidator(CaseFile file, DateOnly today)
    {
        RuleFor(fact => fact.Source).Matches("^[A-Za-z0-9._-]{1,64}$")
            .WithMessage("The source id takes 1 to 64 letters, digits, dots, underscores or hyphens.").WithName("source");
        RuleFor(fact => fact.On).GreaterThanOrEqualTo(Earliest).WithMessage("The date can't be before 1900.").WithName("on");
        RuleFor(fact => fact.On).LessThanOrEqualTo(today).When(fact => fact.IsAct || fact is Opening or Participant or Placement)
            .WithMessage(fact => FormattableString.Invariant($"The date {fact.On:yyyy-MM-dd} is in the future; record it when it has happened.")).WithName("on");
        RuleFor(fact => ChildOf(fact)).Must(child => child is null || IsChild(file, child))
            .WithMessage(fact => $"{ChildOf(fact)} is not a child on this case; record the participant first.").WithName("child");
        RuleForEach(fact => TextsOf(fact)).MaximumLength(LongestText)
            .WithMessage($"A text takes at most {LongestText} characters.").WithName("text");
        When(fact => fact is Participant, () =>
        {
            RuleFor(fact => ((Participant)fact).Name).NotEmpty().WithMessage("Give the participant's name.").WithName("name");
            RuleFor(fact => ((Participant)fact).BirthDate).Must((fact, born) => born is null || (born >= Earliest && born <= fact.On))
                .WithMessage("The birth date can't lie after the day the participant joined the case.").WithName("birthDate");
            RuleFor(fact => ((Participant)fact).Until).Must((fact, until) => until is null || until >= fact.On)
                .WithMessage("The last day can't lie before the first.").WithName("until");
        });
        When(fact => fact is Assignment, () =>
        {
            RuleFor(fact => ((Assignment)fact).Until).Must((fact, until) => until is null || until >= fact.On)
                .WithMessage("The last day can't lie before the first.").WithName("until");
        });
        When(fact => fact is LegalRecord, () =>
            RuleFor(fact => ((LegalRecord)fact).CourtNumber).NotEmpty().WithMessage("Give the court number.").WithName("courtNumber"));
        When(fact => fact is PlanReview, () =>
            RuleFor(fact => ((PlanReview)fact).Attended).NotEmpty().WithMessage("Say who attended the review (MN-10).").WithName("attended"));
        When(fact => fact is PlanReopening, () =>
            RuleFor(fact => ((PlanReopening)fact).Reason).NotEmpty().WithMessage("Give the reason for reopening the plan.").WithName("reason"));
        When(fact => fact is Excusal, () =>
        {
            RuleFor(fact => ((Excusal)fact).Reason).NotEmpty().WithMessage("Give the reason for excusing the deadline.").WithName("reason");
            RuleFor(fact => ((Excusal)fact).Until).GreaterThanOrEqualTo(fact => fact.On).WithMessage("The excuse can't end before it begins.").WithName("until");
        });
    }

    /// <summary>The violations of a fact; empty when it can be recorded.</summary>
    public static IReadOnlyList<Violation> Check(CaseFile file, Fact fact, DateOnly today) =>
        [.. new FactValidator(file, today).Validate(fact).Errors.Select(error => new Violation("fact", error.ErrorMessage, FieldOf(error)))];

    private static string FieldOf(FluentValidation.Results.ValidationFailure error) =>
        error.FormattedMessagePlaceholderValues.TryGetValue("PropertyName", out var name) ? name as string ?? error.PropertyName : error.PropertyName;

    private static bool IsChild(CaseFile file, string child) =>
        file.Find<Participant>(child) is { Withdrawn: null, Role: ParticipantRole.FocusChild or ParticipantRole.Child };

    private static string? ChildOf(Fact fact) => fact switch
    {
        Placement placement => placement.Child,
        Determination determination => determination.Child,
        Assessment assessment => assessment.Child,
        LegalRecord record => record.Child,
        Contact contact => contact.Child,
        Meeting meeting => meeting.Child,
        ToolCompleted tool => tool.Child,
        _ => null,
    };

    private static IEnumerable<string?> TextsOf(Fact fact) => fact switch
    {
        Participant participant => [participant.Name],
        Contact contact => [contact.Narrative],
        Meeting meeting => [meeting.Attended, meeting.Narrative],
        PlanReview review => [review.Attended, review.CurrentSafety, review.ProtectiveFactors, review.Progress, review.Services, review.LevelOfRisk, review.ReadyToClose],
        PlanClosing closing => [closing.Reason, closing.FamilyView, closing.ProviderInput, closing.RemainingNeeds],
        _ => [],
    };
}
