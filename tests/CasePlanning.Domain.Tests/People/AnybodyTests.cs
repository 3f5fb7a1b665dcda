using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Domain.Tests.People;

public sealed class AnybodyTests
{
    private static readonly DateOnly Today = Given.Day("2025-02-03");

    [Fact]
    public void Whoever_is_away_has_left_or_covers_for_whom_it_always_ends_with_somebody_real()
    {
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var ids = Enumerable.Range(0, 1 + random.Next(7)).Select(number => $"p{number}").ToArray();
            var people = ids.Select(id => Somebody(id, ids, random)).ToArray();
            var unit = new Unit { Id = "intake", Agency = "county", Name = "Intake", Supervisor = Maybe(ids, random),
                Manager = Maybe(ids, random) };
            var agency = new AgencyDirectory(Given.Agency(), random.Next(4) == 0 ? [] : [unit], people);
            var file = Given.CaseWith(Given.Assigned("p0", "2024-01-01")) with { SealedTo = random.Next(3) == 0
                ? [ids[random.Next(ids.Length)]] : null };

            foreach (var role in Enum.GetValues<Role>())
            {
                Check(agency, agency.Resolve(role, file, Today), file, $"seed {seed}, {role}");
            }

            Assert.All(agency.Deciders(file, Today, overdue: true, besides: null), person => Assert.True(person.Active));
        }
    }

    private static void Check(AgencyDirectory agency, IReadOnlyList<Recipient> told, CaseFile file, string where)
    {
        Assert.True(told.Count > 0 || agency.People.All(person => !person.Active), $"{where}: nobody is told");
        Assert.True(told.All(each => each.Person.Active && ReferenceEquals(agency.Person(each.Person.Id), each.Person)),
            $"{where}: somebody who has left is told");
        Assert.True(told.Select(each => each.Person.Id).Distinct().Count() == told.Count, $"{where}: somebody is told twice");
        var reachable = agency.People.Where(person => person.Active && person.AbsenceOn(Today) is null && file.IsOpenTo(person.Id))
            .ToArray();
        Assert.True(file.SealedTo is null || reachable.Length == 0 || told.All(each => file.IsOpenTo(each.Person.Id)),
            $"{where}: somebody learns of a sealed case");
    }

    private static Person Somebody(string id, string[] ids, Random random)
    {
        var absences = Enumerable.Range(0, random.Next(3)).Select(_ => ResolveTests.Away(cover: Maybe(ids, random))).ToArray();
        return ResolveTests.Person(id, (Role)random.Next(Enum.GetValues<Role>().Length), absences) with { Active = random.Next(4) > 0,
            Unit = random.Next(3) == 0 ? null : "intake" };
    }

    /// <summary>Somebody, nobody, or somebody who isn't in the agency's books.</summary>
    private static string? Maybe(string[] ids, Random random) =>
        random.Next(5) switch { 0 => null, 1 => "unknown", _ => ids[random.Next(ids.Length)] };
}
