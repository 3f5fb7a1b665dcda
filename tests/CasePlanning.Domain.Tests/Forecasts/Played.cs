using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Tests.Forecasts;

/// <summary>A case taken forward day by day by the engine itself: whatever is due is recorded as done on that day.</summary>
internal sealed class Played(CaseFile file, IReadOnlyList<CasePlan> plans, RuleBook rules)
{
    private CaseFile _file = file;
    private IReadOnlyList<CasePlan> _plans = plans;
    private readonly HashSet<string> _done = [];
    private int _count;

    public Agenda On(DateOnly day) =>
        Agenda.For(_file, _plans, rules, Marks.None, new DateTimeOffset(day.ToDateTime(new(18, 0)), TimeSpan.Zero));

    /// <summary>The agenda on the last day, everything due before having been done when it was due.</summary>
    public Agenda Through(DateOnly from, DateOnly until)
    {
        var day = from;
        while (day <= until)
        {
            // What one act does may make another unnecessary, so the agenda is read again after each.
            var deadlines = On(day).Deadlines;
            if (deadlines.FirstOrDefault(each => each.IsOpen && each.Due <= day && !(each.Closes <= day) && CanBeDone(each)) is { } owed)
            {
                Do(owed, day);
            }
            else
            {
                day = deadlines.Where(each => each.IsOpen).Select(each => each.Due).Concat(deadlines.Select(each => each.Closes).OfType<DateOnly>())
                    .Where(next => next > day).DefaultIfEmpty(until.AddDays(1)).Min();
            }
        }

        return On(until);
    }

    /// <summary>A decision needs somebody's submission; nothing else is done twice.</summary>
    private bool CanBeDone(Deadline deadline) => deadline.Rule.MetBy != "decision" && _done.Add(deadline.Occurrence);

    private void Do(Deadline deadline, DateOnly day)
    {
        if (deadline.Rule.MetBy is "version-takes-effect" or "signed-version-takes-effect" or "next-version")
        {
            TakeEffect(deadline.Owner["plan:".Length..], day);
            return;
        }

        var child = deadline.Subject.StartsWith("child:", StringComparison.Ordinal) ? deadline.Subject["child:".Length..] : null;
        var source = $"played-{++_count}";
        Fact deed = deadline.Rule.MetBy switch
        {
            "review" => new PlanReview { Source = source, On = day, Plan = deadline.Owner["plan:".Length..], Attended = "everybody" },
            "any-review-or-version" => new PlanReview { Source = source, On = day, Plan = _plans[0].Id, Attended = "everybody" },
            "tribal-contact" => new Contact { Source = source, On = day, What = ContactKind.TribalContact, Child = child },
            "caseworker-visit" => new Contact { Source = source, On = day, What = ContactKind.CaseworkerVisit, Child = child },
            "screening-referral" => new Contact { Source = source, On = day, What = ContactKind.ScreeningReferral, Child = child },
            "provider-consultation" => new Contact { Source = source, On = day, What = ContactKind.ProviderConsultation },
            "family-met" => new Contact { Source = source, On = day, What = ContactKind.FamilyMet },
            "court-or-administrative-review" => new Meeting { Source = source, On = day, What = MeetingKind.CourtReview, Child = child },
            "permanency-hearing" => new Meeting { Source = source, On = day, What = MeetingKind.PermanencyHearing, Child = child },
            "plan-filed" => new Meeting { Source = source, On = day, What = MeetingKind.PlanFiledWithCourt, Child = child },
            "wellbeing-tool" => new ToolCompleted { Source = source, On = day, What = ToolKind.ChildWellbeing, Child = child! },
            "mental-health-screening" => new ToolCompleted { Source = source, On = day, What = ToolKind.MentalHealthScreening, Child = child! },
            "petition-or-exception" => new Determination { Source = source, On = day, What = DeterminationKind.PermanencyPetition, Child = child },
            var word => throw new InvalidOperationException($"Nobody knows how to do '{word}'."),
        };
        _file = _file.With(deed with { RecordedOn = day });
    }

    private void TakeEffect(string planId, DateOnly day)
    {
        var plan = _plans.First(each => each.Id == planId);
        var number = plan.Versions.Count + 1;
        var superseded = plan with
        {
            Versions = [.. plan.Versions.Select(version => version.Status == VersionStatus.InEffect ? version with { Status = VersionStatus.Superseded } : version)],
        };
        var next = superseded.With(new PlanVersion
        {
            Number = number, Kind = number == 1 ? VersionKind.Initial : VersionKind.Update, Status = VersionStatus.InEffect, PlanDate = day,
            EndDate = PlanVersion.DefaultEnd(day), FocusChildren = [.. PlanView.Of(_file, plan, day).FocusChildren(day)], CreatedOn = day,
            CreatedBy = "wanda", EffectiveOn = day, SignedOn = day,
        });
        _plans = [.. _plans.Select(each => each.Id == planId ? next : each)];
    }
}
