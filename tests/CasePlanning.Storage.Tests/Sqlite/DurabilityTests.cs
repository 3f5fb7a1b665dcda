using CasePlanning.Application.Ports;
using CasePlanning.Storage.Sqlite;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Sqlite;

public sealed class DurabilityTests : IDisposable
{
    private readonly SqliteFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_reopened_file_has_everything()
    {
        await using (var store = _folder.OpenStore())
        {
            await Fill(store, "a-1");
        }

        await using var reopened = _folder.OpenStore();
        await ExpectFilled(reopened, "a-1");
        Assert.Equal(SaveOutcome.Saved, await reopened.Cases.Save(Sample.Next("a-1", 1), default));
    }

    [Fact]
    public async Task What_was_acknowledged_survives_a_power_cut_right_after()
    {
        await using var store = _folder.OpenStore();
        for (var round = 0; round < 5; round++)
        {
            var ids = Enumerable.Range(round * 100, 100).Select(number => $"a-{number}").ToArray();
            await Task.WhenAll(ids.Select(id => store.Cases.Save(
                Sample.Opened(id) with { History = [Sample.Entry(id, "1")], Inbox = [Sample.Item(id, "1")], Wakes = [Sample.Wake(id, Sample.Noon)] }, default)));

            using var rest = _folder.CopyAsIs();
            await using var survivor = rest.OpenStore();
            Assert.Equal((round + 1) * 100, (await survivor.Cases.Cases("sample", default)).Count);
            Assert.Equal((round + 1) * 100, (await survivor.Inbox.Waiting("ines", default)).Count);
            Assert.Equal((round + 1) * 100, (await survivor.Wakes.Due(Sample.Noon, int.MaxValue, default)).Count);
        }
    }

    [Fact]
    public async Task A_power_cut_in_the_middle_of_a_group_leaves_whole_units_only()
    {
        await using var store = _folder.OpenStore();
        await store.Cases.Save(Sample.Opened("a-1"), default);
        using var rest = new SqliteFolder();
        var copied = false;

        await store.Database.Write(
            session =>
            {
                session.Run("UPDATE cases SET version = 99 WHERE id = $id", "a-1");
                if (!copied)
                {
                    _folder.CopyTo(rest);
                    copied = true;
                }

                return 0;
            },
            default);

        await using var survivor = rest.OpenStore();
        Assert.Equal(1, (await survivor.Cases.Find("a-1", default))!.Version);
    }

    [Fact]
    public async Task A_directory_changed_by_another_process_is_seen_at_once()
    {
        await using var here = _folder.OpenStore();
        await using var there = _folder.OpenStore();
        await here.Directory.Save(Sample.Agency(), default);
        await here.Directory.Save(Sample.Person("ines"), default);
        Assert.True((await here.Directory.Find("sample", default))!.Person("ines")!.Active);
        Assert.NotNull(await here.Directory.FindPerson("ines@county.example", default));

        await there.Directory.Save(Sample.Person("ines", revision: 2) with { Active = false }, default);

        Assert.False((await here.Directory.Find("sample", default))!.Person("ines")!.Active);
        Assert.False((await here.Directory.FindPerson("ines@county.example", default))!.Active);
    }

    [Fact]
    public async Task A_directory_nobody_changed_is_read_once()
    {
        await using var store = _folder.OpenStore();
        await store.Directory.Save(Sample.Agency(), default);

        Assert.Same(await store.Directory.Find("sample", default), await store.Directory.Find("sample", default));
    }

    private static async Task Fill(SqliteStore store, string id)
    {
        await store.Directory.Save(Sample.Agency(), default);
        await store.Directory.Save(Sample.Person("ines"), default);
        await store.Cases.Save(
            Sample.Opened(id) with
            {
                Plans = [Sample.Plan(id)],
                History = [Sample.Entry(id, "1")],
                Notices = [Sample.Notice(id, "1")],
                Inbox = [Sample.Item(id, "1")],
                Messages = [Sample.Message("m")],
                Wakes = [Sample.Wake(id, Sample.Noon)],
                Reply = Sample.Reply("r"),
            },
            default);
    }

    private static async Task ExpectFilled(SqliteStore store, string id)
    {
        Assert.Single((await store.Cases.Find(id, default))!.Plans);
        Assert.Single(await store.Cases.History(id, default));
        Assert.Single(await store.Cases.Notices(id, default));
        Assert.Single(await store.Inbox.Waiting("ines", default));
        Assert.Equal(Sample.Noon, await store.Inbox.Earliest(default));
        Assert.Single(await store.Outbox.Waiting(Sample.Noon, 10, default));
        Assert.NotNull(await store.Wakes.Find($"case:{id}", default));
        Assert.NotNull(await store.Cases.FindReply("r", Sample.Noon, default));
        Assert.NotNull((await store.Directory.Find("sample", default))!.Person("ines"));
    }
}
