using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Domain.Tests.People;

/// <summary>Wanda works in the unit Intake, which Sara supervises and Mona manages; Ada administers.</summary>
public sealed class ResolveTests
{
    private static readonly DateOnly Today = Given.Day("2025-02-03");
    private static readonly Unit Intake = new() { Id = "intake", Agency = "county", Name = "Intake", Supervisor = "sara",
        Manager = "mona" };
    private static readonly CaseFile File = Given.CaseWith(Given.Opened("2025-01-02"));

    [Theory]
    [InlineData(Role.Worker, "wanda")]
    [InlineData(Role.Supervisor, "sara")]
    [InlineData(Role.Manager, "mona")]
    [InlineData(Role.Administrator, "ada")]
    [InlineData(Role.Auditor, "audrey")]
    public void Whoever_holds_a_role_is_told(Role role, string expected)
    {
        var told = Assert.Single(Agency(Person("audrey", Role.Auditor)).Resolve(role, File, Today));
        Assert.Equal((expected, role, null), (told.Person.Id, told.Role, told.Because));
    }

    [Fact]
    public void An_absent_holder_is_stood_in_for_on_the_days_of_the_absence()
    {
        var agency = Agency(Person("wanda", Role.Worker, Away("2025-02-03", "2025-02-05", "carla")), Person("carla", Role.Worker));
        Assert.Equal("wanda", Only(agency, Role.Worker, "2025-02-02"));
        Assert.Equal("carla", Only(agency, Role.Worker, "2025-02-03"));
        Assert.Equal("carla", Only(agency, Role.Worker, "2025-02-05"));
        Assert.Equal("wanda", Only(agency, Role.Worker, "2025-02-06"));
        Assert.EndsWith(" for wanda", agency.Resolve(Role.Worker, File, Today)[0].Because);
    }

    [Fact]
    public void Cover_is_followed_to_the_cover_of_the_cover()
    {
        var agency = Agency(Person("wanda", Role.Worker, Away(cover: "carla")), Person("carla", Role.Worker, Away(cover: "cora")),
            Person("cora", Role.Worker));
        Assert.Equal("cora", Only(agency, Role.Worker));
    }

    [Fact]
    public void Of_two_absences_on_a_day_the_one_with_cover_counts()
    {
        var agency = Agency(Person("wanda", Role.Worker, Away(), Away(cover: "carla")), Person("carla", Role.Worker));
        Assert.Equal("carla", Only(agency, Role.Worker));
    }

    [Fact]
    public void In_a_ring_the_next_in_line_is_told_and_the_administrators_with_them()
    {
        var agency = Agency(Person("wanda", Role.Worker, Away(cover: "carla")), Person("carla", Role.Worker, Away(cover: "wanda")));
        Assert.Equal(["sara", "ada"], Ids(agency, Role.Worker));
        Assert.Contains("worker can't be reached", agency.Resolve(Role.Worker, File, Today)[0].Because);
    }

    [Fact]
    public void An_absence_without_cover_goes_up_the_line()
    {
        Assert.Equal(["sara", "ada"], Ids(Agency(Person("wanda", Role.Worker, Away())), Role.Worker));
        Assert.Equal(["mona", "ada"], Ids(Agency(Person("sara", Role.Supervisor, Away())), Role.Supervisor));
        Assert.Equal(["mona", "ada"],
            Ids(Agency(Person("wanda", Role.Worker, Away()), Person("sara", Role.Supervisor, Away())), Role.Worker));
        Assert.Equal(["ada"], Ids(Agency(Person("mona", Role.Manager, Away())), Role.Manager));
    }

    [Fact]
    public void Whoever_has_left_is_not_told_and_their_cover_is()
    {
        Assert.Equal(["sara", "ada"], Ids(Agency(Person("wanda", Role.Worker) with { Active = false }), Role.Worker));
        var covered = Person("wanda", Role.Worker, Away(cover: "carla")) with { Active = false };
        Assert.Equal("carla", Only(Agency(covered, Person("carla", Role.Worker)), Role.Worker));
        Assert.Equal(["sara", "ada"], Ids(Agency(covered, Person("carla", Role.Worker) with { Active = false }), Role.Worker));
    }

    [Fact]
    public void A_case_without_a_worker_goes_to_the_supervisor_of_its_own_unit()
    {
        var orphan = File.With(Given.Assigned("wanda", "2000-01-01") with { Until = Today.AddDays(-1) });
        var told = Agency().Resolve(Role.Worker, orphan, Today);
        Assert.Equal(["sara", "ada"], told.Select(each => each.Person.Id));
        Assert.Equal("the case has no worker", told[0].Because);
    }

    [Fact]
    public void A_unit_without_a_supervisor_goes_to_the_manager()
    {
        var agency = new AgencyDirectory(Given.Agency(), [Intake with { Supervisor = null }], Everybody());
        Assert.Equal(["mona", "ada"], Ids(agency, Role.Supervisor));
        Assert.Equal("the case has no supervisor", agency.Resolve(Role.Supervisor, File, Today)[0].Because);
    }

    [Fact]
    public void With_nobody_in_line_the_administrators_are_told()
    {
        var agency = new AgencyDirectory(Given.Agency(), [], Everybody().Where(person => person.Id != "wanda"));
        Assert.Equal(["ada"], Ids(agency, Role.Worker));
        Assert.Equal(["ada"], Ids(agency, Role.Manager));
    }

    [Fact]
    public void An_administrator_who_is_there_is_told_before_one_who_is_away()
    {
        var agency = Agency(Person("wanda", Role.Worker, Away()), Person("ada", Role.Administrator, Away()),
            Person("alma", Role.Administrator));
        Assert.Equal(["sara", "alma"], Ids(agency, Role.Worker));
    }

    [Fact]
    public void Without_any_administrator_somebody_of_the_agency_is_told()
    {
        var agency = new AgencyDirectory(Given.Agency(), [], [Person("sue", Role.Supervisor)]);
        Assert.Equal(["sue"], Ids(agency, Role.Worker));
    }

    [Fact]
    public void Without_any_administrator_the_next_in_line_is_told_alone()
    {
        var others = Enumerable.Range(0, 50).Select(number => Person($"m{number}", Role.Manager));
        var agency = new AgencyDirectory(Given.Agency(), [Intake],
            Everybody().Where(person => person.Id is "sara" or "mona").Append(Person("wanda", Role.Worker, Away())).Concat(others));
        Assert.Equal(["sara"], Ids(agency, Role.Worker));
    }

    [Fact]
    public void Of_a_sealed_case_the_people_named_on_it_are_told()
    {
        var toWandaAndMona = File with { SealedTo = ["wanda", "mona"] };
        Assert.Equal(["wanda"], Agency().Resolve(Role.Worker, toWandaAndMona, Today).Select(each => each.Person.Id));
        Assert.Equal("mona", Agency().Resolve(Role.Supervisor, toWandaAndMona, Today)[0].Person.Id);
        Assert.DoesNotContain(Agency().Resolve(Role.Supervisor, toWandaAndMona, Today), each => each.Person.Id is "sara" or "ada");
    }

    [Fact]
    public void Cover_for_a_sealed_case_has_to_be_named_on_it()
    {
        var agency = Agency(Person("wanda", Role.Worker, Away(cover: "carla")), Person("carla", Role.Worker));
        Assert.Equal("carla", agency.Resolve(Role.Worker, File with { SealedTo = ["carla"] }, Today)[0].Person.Id);
        Assert.Equal("sara", agency.Resolve(Role.Worker, File with { SealedTo = ["sara"] }, Today)[0].Person.Id);
    }

    [Fact]
    public void Of_a_sealed_case_nobody_else_learns_while_somebody_named_is_active()
    {
        var agency = Agency(Person("zoe", Role.Worker));
        Assert.Equal(["zoe"], agency.Resolve(Role.Supervisor, File with { SealedTo = ["zoe"] }, Today).Select(each => each.Person.Id));
        Assert.Equal(["ada"], agency.Resolve(Role.Supervisor, File with { SealedTo = ["nobody"] }, Today).Select(each => each.Person.Id));
    }

    [Fact]
    public void Deciding_is_for_the_supervisor_or_whoever_stands_in_and_when_overdue_for_the_line_above()
    {
        Assert.Equal(["sara"], Deciders(Agency(), overdue: false));
        Assert.Equal(["sara", "mona"], Deciders(Agency(), overdue: true));
        Assert.Equal(["carla", "sara"],
            Deciders(Agency(Person("sara", Role.Supervisor, Away(cover: "carla")), Person("carla", Role.Supervisor)), overdue: false));
        Assert.Equal(["mona", "ada"], Deciders(Agency(Person("sara", Role.Supervisor) with { Active = false }), overdue: false));
        Assert.Equal(["mona"], Agency().Deciders(File with { SealedTo = ["mona"] }, Today, overdue: true, besides: null).Select(person => person.Id));
    }

    [Fact]
    public void CA_26_Nobody_decides_on_their_own_request_so_it_goes_to_the_next_in_line_at_once()
    {
        var told = Agency().Resolve(Role.Supervisor, File, Today, besides: "sara");

        Assert.Equal(["mona", "ada"], told.Select(each => each.Person.Id));
        Assert.Equal("the supervisor doesn't decide on their own request", told[0].Because);
        Assert.Equal(["mona", "ada"], Deciders(Agency(), overdue: false, besides: "sara"));
        Assert.Equal(["mona", "ada"], Deciders(Agency(Person("sara", Role.Supervisor, Away(cover: "wanda"))), overdue: false, besides: "wanda").Except(["sara"]));
    }

    internal static Person Person(string id, Role role, params Absence[] absences) =>
        new() { Id = id, Agency = "county", Name = id, Email = $"{id}@county.test", Unit = "intake", Roles = [role], Absences = absences };

    internal static Absence Away(string from = "2025-02-01", string to = "2025-02-28", string? cover = null) =>
        new() { Id = $"{from}-{cover}", From = Given.Day(from), To = Given.Day(to), Cover = cover };

    private static Person[] Everybody() =>
        [Person("wanda", Role.Worker), Person("sara", Role.Supervisor), Person("mona", Role.Manager), Person("ada", Role.Administrator)];

    /// <summary>The agency with these people in place of, or beside, the usual four.</summary>
    private static AgencyDirectory Agency(params Person[] changed) =>
        new(Given.Agency(), [Intake], Everybody().Where(person => changed.All(other => other.Id != person.Id)).Concat(changed));

    private static string[] Ids(AgencyDirectory agency, Role role) => [.. agency.Resolve(role, File, Today).Select(each => each.Person.Id)];

    private static string Only(AgencyDirectory agency, Role role, string date = "2025-02-03") =>
        Assert.Single(agency.Resolve(role, File, Given.Day(date))).Person.Id;

    private static string[] Deciders(AgencyDirectory agency, bool overdue, string? besides = null) =>
        [.. agency.Deciders(File, Today, overdue, besides).Select(person => person.Id)];
}
