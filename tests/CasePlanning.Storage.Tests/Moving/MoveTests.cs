using System.Text.Json;
using CasePlanning.Storage.Moving;
using CasePlanning.Storage.Tables;
using CasePlanning.Storage.Tests.Contract;
using CasePlanning.Storage.Tests.Tables;

namespace CasePlanning.Storage.Tests.Moving;

public sealed class MoveTests
{
    [Theory]
    [InlineData("SQLite", "Tables", "SQLite")]
    [InlineData("Tables", "SQLite", "Tables")]
    [InlineData("SQLite", "SQLite", "SQLite")]
    [InlineData("Tables", "Tables", "Tables")]
    public async Task Every_house_answers_alike_and_loads_the_same_bytes(string from, string through, string to)
    {
        using Van first = new(), second = new(), third = new();
        await using var old = await House.Of(from).Furnished();
        await using House middle = House.Of(through), last = House.Of(to);

        var manifest = await first.Load(old);
        await first.Unload(middle);
        await second.Load(middle);
        await second.Unload(last);
        await third.Load(last);

        Assert.All(manifest.Kinds, kind => Assert.True(kind.Lines > 0, $"There are no {kind.Kind}, so nothing is said about them."));
        Assert.Equal(first.Content(), second.Content());
        Assert.Equal(first.Content(), third.Content());
        var answers = await Answers.Of(old.Stores);
        Assert.Equal(answers, await Answers.Of(middle.Stores));
        Assert.Equal(answers, await Answers.Of(last.Stores));
    }

    [Fact]
    public async Task What_was_moved_goes_on_where_it_was()
    {
        using var van = new Van();
        await using var old = await House.Sqlite().Furnished();
        await using var moved = House.Tables();
        await van.Load(old);
        await van.Unload(moved);

        foreach (var house in new[] { old, moved })
        {
            Assert.Equal(Application.Ports.SaveOutcome.Conflict, await house.Stores.Cases.Save(Sample.Next("a-1", 5), default));
            Assert.Equal(Application.Ports.SaveOutcome.Saved, await house.Stores.Cases.Save(Sample.Next("a-1", 6) with { History = [Sample.Entry("a-1", "7.1")], Wakes = [Sample.Wake("a-1", Sample.Noon.AddDays(50))] }, default));
            Assert.Equal(Application.Ports.SaveOutcome.Saved, await house.Stores.Directory.Save(Sample.Person("raul", revision: 3), default, hasten: Sample.Noon.AddDays(2)));
            Assert.Equal(Application.Ports.SaveOutcome.Conflict, await house.Stores.Directory.Save(Sample.Person("ines", "other"), default));
        }

        Assert.Equal(await Answers.Of(old.Stores), await Answers.Of(moved.Stores));
        Assert.NotNull(await moved.Stores.Cases.FindReply("ines recordFact k/2", Sample.Noon, default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_import_that_fails_after_any_call_goes_on_and_ends_the_same(bool afterTheCall)
    {
        using var van = new Van();
        await using var old = House.Tables();
        foreach (var act in Act.All.Where(act => act.Name is "found an agency" or "add a person" or "open another" or "store a digest"))
        {
            await act.Do(old.Stores);
        }

        await van.Load(old);
        for (var calls = 0; await Fails(van, calls, afterTheCall); calls++)
        {
            Assert.True(calls < 200, "An import of so little takes fewer calls.");
        }
    }

    /// <summary>True where the import was still under way at the call that fails.</summary>
    private static async Task<bool> Fails(Van van, int calls, bool afterTheCall)
    {
        var service = new FailingTables(new InMemoryTableService(TimeProvider.System));
        service.FailAfter(calls, afterTheCall);
        try
        {
            await Mover.Import(van.Path, House.Tables(service).Whole, (_, _) => { }, default);
        }
        catch (IOException)
        {
            service.Mend();
            await Mover.Import(van.Path, House.Tables(service).Whole, (_, _) => { }, default);
        }

        service.Mend();
        using var again = new Van();
        var house = House.Tables(service);
        await house.Whole.SetMark(null, default);
        await again.Load(house);
        Assert.Equal(van.Content(), again.Content());
        return service.HasFailed;
    }

    [Fact]
    public async Task An_import_that_was_interrupted_goes_on_with_what_is_missing()
    {
        using var van = new Van();
        await using var old = await House.Sqlite().Furnished();
        await using var half = House.Sqlite();
        await van.Load(old);
        using var stopping = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Mover.Import(van.Path, half.Whole, (_, _) => stopping.Cancel(), stopping.Token));
        await Assert.ThrowsAsync<InvalidDataException>(() => new Van().Load(half));

        var before = 0L;
        await Mover.Import(van.Path, half.Whole, (_, found) => before = Math.Max(before, found), default);

        Assert.True(before > 0, "Nothing was in place from the first run.");
        Assert.Equal(await Answers.Of(old.Stores), await Answers.Of(half.Stores));
    }

    [Theory]
    [InlineData("SQLite", "The store isn't empty: it holds agencies, cases, messages, feeds, replies. Import into an empty one.")]
    [InlineData("Tables", "The store isn't empty: it holds rows of the table cases, rows of the table directory, rows of the table people, rows of the table messages, rows of the table feeds, rows of the table caseindex. Import into an empty one.")]
    public async Task A_store_that_holds_anything_is_refused(string kind, string refusal)
    {
        using var van = new Van();
        await using var house = await House.Of(kind).Furnished();
        await van.Load(house);
        var answers = await Answers.Of(house.Stores);

        Assert.Equal(refusal, (await Assert.ThrowsAsync<InvalidDataException>(() => van.Unload(house))).Message);
        Assert.Equal(answers, await Answers.Of(house.Stores));
    }

    [Fact]
    public async Task A_store_with_half_of_another_folder_is_refused()
    {
        using Van one = new(), other = new();
        await using House first = await House.Tables().Furnished(), second = House.Tables(), into = House.Sqlite();
        await second.Stores.Directory.Save(Sample.Agency(), default);
        await one.Load(first);
        await other.Load(second);
        await Mover.Import(one.Path, into.Whole, (_, _) => { }, default);

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => other.Unload(into));

        Assert.Equal("An import of another folder into this store wasn't finished. Run that one again, or import into an empty store.", refusal.Message);
    }

    [Fact]
    public async Task A_folder_is_written_once_and_beside_nothing_else()
    {
        using var van = new Van();
        await using var house = await House.Sqlite().Furnished();
        Directory.CreateDirectory(van.Path);
        await File.WriteAllTextAsync(van.Of("cases.jsonl"), "half");
        await van.Load(house);

        Assert.Equal($"{van.Path} holds a finished export; name a folder that is empty or isn't there.", (await Assert.ThrowsAsync<InvalidDataException>(() => van.Load(house))).Message);
        File.Move(van.Of("manifest.json"), van.Of("letter.txt"));
        Assert.Equal($"{van.Path} holds letter.txt; name a folder that is empty or isn't there.", (await Assert.ThrowsAsync<InvalidDataException>(() => van.Load(house))).Message);
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_folder_is_named_and_nothing_is_written()
    {
        using var van = new Van();
        await using House old = await House.Sqlite().Furnished(), into = House.Tables();
        await van.Load(old);
        var manifest = Manifest.Read(await File.ReadAllBytesAsync(van.Of("manifest.json")));
        File.Delete(van.Of("plans.jsonl"));
        await File.AppendAllTextAsync(van.Of("wakes.jsonl"), "\n");
        await Rewrite(manifest with { Kinds = [.. manifest.Kinds.Where(kind => kind.Kind != "units").Select(kind => kind.Kind == "notices" ? kind with { Schema = 9 } : kind), new("dreams", 1, 0, "")] });

        Assert.Equal(
            [
                $"{van.Path} can't be imported:",
                "- dreams: this release knows no such kind.",
                "- units: the manifest says nothing of them.",
                "- plans.jsonl is missing.",
                "- notices.jsonl has documents of schema 9, and this release knows schemas 1 to 1. Import it with the release that wrote it, or a newer one.",
                "- wakes.jsonl isn't the file that was exported: its SHA-256 isn't the manifest's.",
            ],
            await Refusal());

        await Rewrite(manifest with { Format = 2 });
        Assert.Equal(["- Its format is 2, and this release reads format 1. Import it with the release that wrote it, or a newer one."], (await Refusal())[1..]);
        await File.WriteAllTextAsync(van.Of("manifest.json"), "{");
        Assert.StartsWith("- manifest.json can't be read: ", (await Refusal())[1], StringComparison.Ordinal);
        File.Delete(van.Of("manifest.json"));
        Assert.EndsWith("it is no export, or one that wasn't finished.", (await Refusal())[0], StringComparison.Ordinal);
        Assert.Empty(await into.Whole.Holds(default));

        Task Rewrite(Manifest changed) => File.WriteAllBytesAsync(van.Of("manifest.json"), changed.Write());
        async Task<string[]> Refusal() => (await Assert.ThrowsAsync<InvalidDataException>(() => van.Unload(into))).Message.Split('\n');
    }

    [Theory]
    [InlineData("cases", "{", "cases.jsonl, line 1: ")]
    [InlineData("cases", "{}", "cases.jsonl, line 1: it isn't {\"of\":…,\"document\":…}.")]
    [InlineData("plans", """{"of":"nowhere","document":{"id":"nowhere.placed","case":"nowhere","setting":"out-of-home"}}""", "plans.jsonl, line 1: it is of 'nowhere', and belongs to nothing that comes here.")]
    [InlineData("files", """{"of":"a-1","document":{"id":"a-9","agency":"sample","number":"1"}}""", "A unit of work of case a-1 has a row of case a-9.")]
    [InlineData("cases", """{"of":"a-7","document":{"version":1}}""", "files.jsonl: 'a-7' should have one line here.")]
    public async Task A_line_that_cant_be_used_is_named(string kind, string line, string refusal)
    {
        using var van = new Van();
        await using House old = House.Sqlite(), into = House.Tables();
        await old.Stores.Directory.Save(Sample.Agency(), default);
        await old.Stores.Cases.Save(Sample.Opened("a-1"), default);
        await van.Load(old);
        await File.WriteAllTextAsync(van.Of($"{kind}.jsonl"), line + "\n");
        var manifest = Manifest.Read(await File.ReadAllBytesAsync(van.Of("manifest.json")));
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(van.Of($"{kind}.jsonl"))));
        await File.WriteAllBytesAsync(van.Of("manifest.json"), (manifest with { Kinds = [.. manifest.Kinds.Select(each => each.Kind == kind ? each with { Lines = 1, Sha256 = hash } : each)] }).Write());

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => van.Unload(into));

        Assert.Contains($"- {refusal}", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await into.Whole.Holds(default));
    }

    [Fact]
    public async Task What_arrived_is_compared_with_what_left()
    {
        using var van = new Van();
        await using House old = await House.Sqlite().Furnished(), into = House.Sqlite();
        var manifest = await van.Load(old);
        await Mover.Import(van.Path, into.Whole, (_, _) => { }, default);
        await into.Stores.Cases.Save(Sample.Next("a-1", 6) with { History = [Sample.Entry("a-1", "7.1")] }, default);

        var refusal = (await Assert.ThrowsAsync<InvalidDataException>(() => van.Unload(into))).Message.Split('\n');

        Assert.Equal("What was imported isn't what was exported. Don't use the store:", refusal[0]);
        Assert.StartsWith("- cases: all 3 are there, and they aren't the same; their SHA-256 is ", refusal[1], StringComparison.Ordinal);
        var history = manifest.Kinds.Single(kind => kind.Kind == "history").Lines;
        Assert.Equal(FormattableString.Invariant($"- history: {history + 1} are there, and {history} should be."), refusal[2]);
        Assert.Equal(3, refusal.Length);
    }

    [Fact]
    public async Task Each_line_is_a_document_with_its_owner()
    {
        using var van = new Van();
        await using var house = await House.Tables().Furnished();
        await van.Load(house);

        foreach (var kind in Kinds.All)
        {
            Assert.All(File.ReadLines(van.Of(kind.FileName)), line =>
            {
                using var json = JsonDocument.Parse(line);
                Assert.Equal(["of", "document"], json.RootElement.EnumerateObject().Select(member => member.Name));
            });
        }

        Assert.Equal(Kinds.All.Select(kind => kind.FileName).Append("manifest.json").Order(StringComparer.Ordinal), van.Content().Keys);
    }
}
