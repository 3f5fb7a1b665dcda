namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>Finds what a law counts from and what meets it.</summary>
public sealed class Facts(Knowledge known, Picture picture)
{
    public static string KeyOf(Plan plan, Version version) => $"{plan.Id}.v{version.Number}";

    public IEnumerable<Dated> Contacts(Span span, string what) => Dates(known.About(span.Child, Kind.Contact, what));

    public IEnumerable<Dated> Held(Span span, params string[] what) => Dates(known.About(span.Child, Kind.Meeting, what));

    public IEnumerable<Dated> Tools(Span span, string what) => Dates(known.About(span.Child, Kind.Tool, what));

    public IEnumerable<Dated> Determined(Span span, params string[] what) => Dates(known.About(span.Child, Kind.Determination, what));

    /// <summary>The family was met; or, within one month of the open case, was contacted and was met by a provider.</summary>
    public DateOnly[] FamilyMet(Span span)
    {
        var contacts = known.About("", Kind.Contact, "FamilyMet", "FamilyContacted", "ProviderMetFamily")
            .Where(contact => span.Contains(contact.On)).ToArray();
        return [.. contacts.Where(contact => contact.What == "FamilyMet" || contacts.Any(other => other.On <= contact.On
            && (other.On.Year, other.On.Month) == (contact.On.Year, contact.On.Month)
            && other.What != "FamilyMet" && other.What != contact.What)).Select(contact => contact.On)];
    }

    public DateOnly[] ReviewsAndVersions() =>
    [
        .. known.Holding(Kind.Review).Select(review => review.On),
        .. known.Plans.SelectMany(plan => plan.Versions).Where(version => version.Standing == Standing.Effective)
            .Select(version => version.EffectiveOn!.Value),
    ];

    /// <summary>The versions in effect one after another in each period of each plan.</summary>
    public IEnumerable<(Plan Plan, Span Span, Version[] Versions)> EffectiveByPeriod(Spans spans) =>
        from plan in known.Plans
        from span in spans.OfPeriods(plan)
        select (plan, span, picture.Effective(plan, span.Period!).ToArray());

    /// <summary>The day from which a plan was in effect for the child: at once if it was when the count began, else when one took effect.</summary>
    public DateOnly? FirstPlanFor(Span span, DateOnly anchor, bool signed)
    {
        var from = anchor < span.From ? span.From : anchor;
        var versions = picture.Effective(known.Of(span.Under), span.Period!).ToArray();
        return versions.LastOrDefault(version => version.EffectiveOn < from) is { } inEffect && Counts(inEffect) ? from
            : versions.FirstOrDefault(version => version.EffectiveOn >= from && span.Contains(version.EffectiveOn.Value) && Counts(version))
                ?.EffectiveOn;

        bool Counts(Version version) => version.Children.Contains(span.Child) && (version.Signed || !signed);
    }

    /// <summary>The last one on or before the day the time began, but after the time before it; else the first one in it.</summary>
    public Dated? Nearest(Span span, string what)
    {
        var found = SinceTheTimeBefore(span, what).ToArray();
        return found.Any(fact => fact.On <= span.From) ? found.Last(fact => fact.On <= span.From) : found.Cast<Dated?>().FirstOrDefault();
    }

    public Dated? FirstOrder(Span span) =>
        SinceTheTimeBefore(span, "OrderForPlacement", "OrderForProtectiveCare", "LegalCustodyTransferred").Cast<Dated?>().FirstOrDefault();

    public DateOnly? Hearing(Span span, DateOnly from) =>
        Determined(span, "DispositionalHearing").Select(hearing => (DateOnly?)hearing.On)
            .Where(hearing => hearing >= from && span.Contains(hearing.Value)).Min();

    public IEnumerable<Dated> ComplaintsFor(Span span, Spans spans) => BelongingTo(span, spans, Determined(span, "ComplaintAssigned"));

    /// <summary>The first determination that a child was maltreated, if the child wasn't three yet.</summary>
    public IEnumerable<Dated> MaltreatedUnderThree(Span span, Spans spans)
    {
        var born = known.Find($"participant-{span.Child}")!.Born;
        return BelongingTo(span, spans, Determined(span, "MaltreatmentDetermined").Take(1).Where(fact => fact.On < born?.AddYears(3)));
    }

    /// <summary>The earlier of the first judicial finding and the sixtieth day after the removal.</summary>
    public Dated Entered(Span span)
    {
        var sixtieth = span.From.AddDays(60);
        var finding = Determined(span, "JudicialFinding").Where(fact => fact.On >= span.From).Select(fact => fact.On).DefaultIfEmpty(sixtieth).Min();
        return new(span.Key, finding < sixtieth ? finding : sixtieth);
    }

    public bool WasBrieflyDetained(Span span) =>
        span is { End: Ending.Moved, To: { } returned } && new Whereabouts(known, span.Child).WasBrieflyDetained(returned);

    /// <summary>A fact outside a child's times belongs to the one that contains its day, else to the next.</summary>
    private static IEnumerable<Dated> BelongingTo(Span span, Spans spans, IEnumerable<Dated> facts)
    {
        var times = spans.OfChildren().Where(each => each.Child == span.Child).OrderBy(each => each.From).ToList();
        return facts.Where(fact => (times.FindLast(each => each.Contains(fact.On)) ?? times.Find(each => each.From > fact.On)) == span);
    }

    private IEnumerable<Dated> SinceTheTimeBefore(Span span, params string[] what)
    {
        var before = picture.Memberships.Where(member => member.Child == span.Child && member.Under == span.Under && member.To <= span.From
            && (member.From, member.To) != (span.From, span.To)).Max(member => member.To);
        return Determined(span, what).Where(fact => !(fact.On <= before) && !(fact.On > span.To));
    }

    private static IEnumerable<Dated> Dates(IEnumerable<Known> facts) => facts.Select(fact => new Dated(fact.Key, fact.On));
}
