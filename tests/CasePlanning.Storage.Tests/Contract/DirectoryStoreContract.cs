using CasePlanning.Application.Ports;
using CasePlanning.Domain.People;

namespace CasePlanning.Storage.Tests.Contract;

public abstract class DirectoryStoreContract : StoreContract
{
    [Fact]
    public async Task Agencies_come_by_id()
    {
        Assert.Empty(await Stores.Directory.Agencies(Ct));

        await Saved(Sample.Agency("b"));
        await Saved(Sample.Agency("a"));

        Assert.Equal(["a", "b"], (await Stores.Directory.Agencies(Ct)).Select(agency => agency.Id));
    }

    [Fact]
    public async Task A_directory_has_the_agencys_own_units_and_people()
    {
        Assert.Null(await Stores.Directory.Find("sample", Ct));

        await Saved(Sample.Agency());
        await Saved(Sample.Agency("other"));
        await Saved(Sample.Unit("intake"));
        await Saved(Sample.Unit("intake", "other"));
        await Saved(Sample.Person("raul"));
        await Saved(Sample.Person("ines"));
        await Saved(Sample.Person("theirs", "other"));

        var directory = await Stores.Directory.Find("sample", Ct);
        Assert.Equal("sample county", directory!.Agency.Name);
        Assert.Equal(["sample"], directory.Units.Select(unit => unit.Agency));
        Assert.Equal(["ines", "raul"], directory.People.Select(person => person.Id));
    }

    [Fact]
    public async Task A_directory_shows_every_change_at_once()
    {
        await Saved(Sample.Agency());
        Assert.Empty((await Stores.Directory.Find("sample", Ct))!.Units);

        await Saved(Sample.Unit("intake"));
        Assert.Single((await Stores.Directory.Find("sample", Ct))!.Units);

        await Saved(Sample.Person("ines"));
        Assert.True((await Stores.Directory.Find("sample", Ct))!.Person("ines")!.Active);

        await Saved(Sample.Person("ines", revision: 2) with { Active = false });
        Assert.False((await Stores.Directory.Find("sample", Ct))!.Person("ines")!.Active);

        await Saved(Sample.Agency(revision: 2) with { Name = "renamed" });
        Assert.Equal("renamed", (await Stores.Directory.Find("sample", Ct))!.Agency.Name);
        Assert.Equal("renamed", Assert.Single(await Stores.Directory.Agencies(Ct)).Name);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(0)]
    public async Task An_entry_is_saved_only_on_top_of_the_one_before(int revision)
    {
        await Saved(Sample.Agency());
        await Saved(Sample.Unit("intake"));
        await Saved(Sample.Person("ines"));

        Assert.Equal(SaveOutcome.Conflict, await Stores.Directory.Save(Sample.Agency(revision: revision) with { Name = "lost" }, Ct));
        Assert.Equal(SaveOutcome.Conflict, await Stores.Directory.Save(Sample.Unit("intake", revision: revision) with { Name = "lost" }, Ct));
        Assert.Equal(SaveOutcome.Conflict, await Stores.Directory.Save(Sample.Person("ines", revision: revision) with { Name = "lost" }, Ct));

        var directory = await Stores.Directory.Find("sample", Ct);
        Assert.Equal(("sample county", "intake", "ines"), (directory!.Agency.Name, directory.Unit("intake")!.Name, directory.Person("ines")!.Name));
    }

    [Fact]
    public async Task A_new_entry_has_revision_1()
    {
        await Saved(Sample.Agency());

        Assert.Equal(SaveOutcome.Conflict, await Stores.Directory.Save(Sample.Agency("b", 2), Ct));
        Assert.Equal(SaveOutcome.Conflict, await Stores.Directory.Save(Sample.Unit("u", revision: 2), Ct));
        Assert.Equal(SaveOutcome.Conflict, await Stores.Directory.Save(Sample.Person("p", revision: 2), Ct));
    }

    [Fact]
    public async Task Of_twenty_who_change_a_person_at_once_one_is_saved()
    {
        await Saved(Sample.Agency());
        await Saved(Sample.Person("ines"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(writer =>
            Task.Run(() => Stores.Directory.Save(Sample.Person("ines", revision: 2) with { Name = $"{writer}" }, Ct))));

        Assert.Single(outcomes, SaveOutcome.Saved);
        Assert.Equal($"{Array.IndexOf(outcomes, SaveOutcome.Saved)}", (await Stores.Directory.Find("sample", Ct))!.Person("ines")!.Name);
    }

    [Fact]
    public async Task Units_and_people_belong_to_an_agency_that_exists()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Stores.Directory.Save(Sample.Unit("intake"), Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Stores.Directory.Save(Sample.Person("ines"), Ct));
    }

    [Fact]
    public async Task A_persons_id_belongs_to_one_agency()
    {
        await Saved(Sample.Agency());
        await Saved(Sample.Agency("other"));
        await Saved(Sample.Person("ines"));

        Assert.Equal(SaveOutcome.Conflict, await Stores.Directory.Save(Sample.Person("ines", "other"), Ct));
        Assert.Equal(SaveOutcome.Conflict, await Stores.Directory.Save(Sample.Person("ines", "other", 2), Ct));
        Assert.Equal("sample", (await Stores.Directory.FindPerson("ines@county.example", Ct))!.Agency);
    }

    [Fact]
    public async Task A_person_is_found_by_subject_or_by_address_in_any_case()
    {
        await Saved(Sample.Agency());
        await Saved(Sample.Person("ines") with { Subject = "00u-Ines" });

        Assert.Equal("ines", (await Stores.Directory.FindPerson("00u-Ines", Ct))!.Id);
        Assert.Equal("ines", (await Stores.Directory.FindPerson("INES@county.EXAMPLE", Ct))!.Id);
        Assert.Null(await Stores.Directory.FindPerson("00U-INES", Ct));
        Assert.Null(await Stores.Directory.FindPerson("ines", Ct));
    }

    [Fact]
    public async Task A_subject_goes_before_an_address_and_whoever_is_still_here_before_whoever_left()
    {
        await Saved(Sample.Agency());
        await Saved(Sample.Person("ana") with { Email = "shared@county.example", Active = false });
        await Saved(Sample.Person("ines") with { Email = "shared@county.example" });
        Assert.Equal("ines", (await Stores.Directory.FindPerson("shared@county.example", Ct))!.Id);

        await Saved(Sample.Person("raul") with { Subject = "shared@county.example" });
        Assert.Equal("raul", (await Stores.Directory.FindPerson("shared@county.example", Ct))!.Id);
    }

    [Fact]
    public async Task A_person_who_changed_is_found_as_they_now_are()
    {
        await Saved(Sample.Agency());
        await Saved(Sample.Person("ines"));
        Assert.NotNull(await Stores.Directory.FindPerson("ines@county.example", Ct));

        await Saved(Sample.Person("ines", revision: 2) with { Email = "new@county.example" });

        Assert.Null(await Stores.Directory.FindPerson("ines@county.example", Ct));
        Assert.Equal(2, (await Stores.Directory.FindPerson("new@county.example", Ct))!.Revision);
    }

    private async Task Saved(Agency agency) => Assert.Equal(SaveOutcome.Saved, await Stores.Directory.Save(agency, Ct));

    private async Task Saved(Unit unit) => Assert.Equal(SaveOutcome.Saved, await Stores.Directory.Save(unit, Ct));

    private async Task Saved(Person person) => Assert.Equal(SaveOutcome.Saved, await Stores.Directory.Save(person, Ct));
}
