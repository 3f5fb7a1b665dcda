using System.Globalization;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.People;
using CasePlanning.Storage.Moving;
using CasePlanning.Storage.Sqlite;
using CasePlanning.Storage.Tables;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>The commands <c>export</c> and <c>import</c>, and what happens when they are killed.</summary>
public sealed class MoveTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_house_that_people_worked_in_is_moved_and_started_elsewhere()
    {
        await using (var host = await HostProcess.Start(_folder.Of("old")))
        {
            var refused = await Ran(1, "old", "export", _folder.Of("export"));
            Assert.Contains($"Another process works in {_folder.Of("old")}. End it", refused, StringComparison.Ordinal);
            Assert.False(Directory.Exists(_folder.Of("export")));
        }

        var before = await File.ReadAllBytesAsync(_folder.Of("old/case-planning.db"));
        Assert.Contains("agencies 1, ", await Ran(0, "old", "export", _folder.Of("export")), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.Of("old/case-planning.db")));

        // Through Table storage and back.
        var tables = new TablesStore(new InMemoryTableService(TimeProvider.System));
        await Mover.Import(_folder.Of("export"), tables.Whole, (_, _) => { }, default);
        await tables.Whole.SetMark(null, default);
        await Mover.Export(tables.Whole, _folder.Of("from-tables"), _ => { }, default);
        Assert.Contains("agencies 1, ", await Ran(0, "new", "import", _folder.Of("from-tables")), StringComparison.Ordinal);
        Same("export", "from-tables");

        await using (var host = await HostProcess.Start(_folder.Of("new")))
        {
            var cases = await host.Send(HttpMethod.Get, "/api/cases", "worker");
            Assert.Equal(200, cases.Status);
            Assert.Contains("\"case\":\"sample-", cases.Body, StringComparison.Ordinal);
            Assert.Equal(200, (await host.Send(HttpMethod.Get, "/health/ready")).Status);
        }

        Assert.Contains($"There is a database {_folder.Of("new/case-planning.db")} already.", await Ran(1, "new", "import", _folder.Of("export")), StringComparison.Ordinal);
        Assert.Contains("There is no database", await Ran(1, "nowhere", "export", _folder.Of("other")), StringComparison.Ordinal);
        Assert.Contains("there is no manifest.json in it", await Ran(1, "nowhere", "import", _folder.Of("old")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_midway_and_run_again_both_end_as_if_nothing_had_happened()
    {
        const int Cases = 3000;
        Directory.CreateDirectory(_folder.Of("old"));
        await using (var store = SqliteStore.Open(_folder.Of("old/case-planning.db")))
        {
            await store.Directory.Save(new Agency { Id = "sample", Name = "Sample", Zone = "America/Chicago", Revision = 1 }, default);
            await Task.WhenAll(Enumerable.Range(0, Cases).Select(number => store.Cases.Save(Case(number), default)));
        }

        await Ran(0, "old", "export", _folder.Of("whole"));
        await Killed("100 cases written", "old", "export", _folder.Of("export"));
        Assert.False(File.Exists(_folder.Of("export/manifest.json")));
        await Ran(0, "old", "export", _folder.Of("export"));
        Same("whole", "export");

        await Killed("100 cases in place", "new", "import", _folder.Of("export"));
        Assert.False(File.Exists(_folder.Of("new/case-planning.db")));
        await Killed("400 cases in place", "new", "import", _folder.Of("export"));
        var went = await Ran(0, "new", "import", _folder.Of("export"));
        Assert.DoesNotContain("3000 cases in place, 0 of them from an earlier run", went, StringComparison.Ordinal);
        Assert.Contains("cases 3000, ", went, StringComparison.Ordinal);
        Assert.Equal(["case-planning.db", "in-use"], Directory.EnumerateFiles(_folder.Of("new")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        await Ran(0, "new", "export", _folder.Of("again"));
        Same("whole", "again");
    }

    public void Dispose() => _folder.Dispose();

    private static CaseChange Case(int number)
    {
        var id = number.ToString("'c-'00000", CultureInfo.InvariantCulture);
        return new CaseChange
        {
            Case = id,
            ExpectedVersion = 0,
            File = new CaseFile { Id = id, Agency = "sample", Number = id },
            History = [.. Enumerable.Range(0, 20).Select(each => new HistoryEntry { Case = id, Key = $"1.{each}", At = Noon, By = "system", Kind = "recorded", What = new string('x', 500) })],
            Wakes = [new Wake($"case:{id}", id, Noon.AddDays(number))],
        };
    }

    private void Same(string one, string other)
    {
        var names = Directory.EnumerateFiles(_folder.Of(one)).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(names, Directory.EnumerateFiles(_folder.Of(other)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.True(File.ReadAllBytes(_folder.Of($"{one}/{name}")).SequenceEqual(File.ReadAllBytes(_folder.Of($"{other}/{name}"))), $"{name} isn't the same."));
    }

    private async Task Killed(string once, string data, params string[] arguments)
    {
        await using var command = HostProcess.Launch(arguments, _folder.Of(data));
        await command.Wrote(once);
        await command.Kill();
        Assert.DoesNotContain("directories 1", command.Output, StringComparison.Ordinal);
    }

    private async Task<string> Ran(int code, string data, params string[] arguments)
    {
        await using var command = HostProcess.Launch(arguments, _folder.Of(data));
        var ended = await command.Ended();
        Assert.True(ended == code, $"Ended with {ended}:\n{command.Output}");
        Assert.DoesNotContain("   at ", command.Output, StringComparison.Ordinal);
        return command.Output;
    }
}
