using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Storage.Tests.Contract;

/// <summary>A unit of work is saved whole or not at all, and only by whoever saw the latest version.</summary>
public abstract class UnitOfWorkContract : StoreContract
{
    [Fact]
    public async Task A_case_is_opened_once()
    {
        await Saved(Sample.Opened("a-1"));

        Assert.Equal(SaveOutcome.Conflict, await Stores.Cases.Save(Everything(Sample.Opened("a-1")), Ct));
        await ExpectNothingOf("a-1", 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-1)]
    public async Task A_unit_decided_on_another_version_leaves_nothing_behind(long version)
    {
        await Saved(Sample.Opened("a-1"));
        await Saved(Sample.Next("a-1", 1));

        Assert.Equal(SaveOutcome.Conflict, await Stores.Cases.Save(Everything(Sample.Next("a-1", version)), Ct));
        await ExpectNothingOf("a-1", 2);
    }

    [Fact]
    public async Task A_unit_for_a_case_that_does_not_exist_is_a_conflict()
    {
        Assert.Equal(SaveOutcome.Conflict, await Stores.Cases.Save(Everything(Sample.Next("a-1", 1)), Ct));
        Assert.Null(await Stores.Cases.Find("a-1", Ct));
    }

    [Fact]
    public async Task Units_saved_together_end_each_as_they_would_alone()
    {
        await Saved(Sample.Opened("a-1"));
        await Saved(Sample.Opened("a-2"));
        await Saved(Sample.Next("a-2", 1));
        await Saved(Sample.Opened("a-4"));

        var outcomes = await Stores.Cases.Save(
            [
                Sample.Next("a-1", 1) with { History = [Sample.Entry("a-1", "1")] },
                Sample.Next("a-2", 1) with { History = [Sample.Entry("a-2", "1")] },
                Sample.Opened("a-3"),
                Sample.Next("a-4", 1) with { History = [Sample.Entry("a-4", "1") with { Before = new string('x', CaseChange.MostBytes) }] },
            ],
            Ct);

        Assert.Equal([SaveOutcome.Saved, SaveOutcome.Conflict, SaveOutcome.Saved, SaveOutcome.TooLarge], outcomes);
        Assert.Equal([2L, 2L, 1L, 1L], (await Stores.Cases.Find(["a-1", "a-2", "a-3", "a-4"], Ct)).Select(record => record.Version));
        Assert.Single(await Stores.Cases.History("a-1", Ct));
        Assert.Empty(await Stores.Cases.History("a-2", Ct));
        Assert.Empty(await Stores.Cases.History("a-4", Ct));
        Assert.Empty(await Stores.Cases.Save(Array.Empty<CaseChange>(), Ct));
    }

    [Fact]
    public async Task Of_fifty_writers_who_saw_the_same_version_exactly_one_is_saved_in_each_round()
    {
        await Saved(Sample.Opened("a-1"));
        for (var round = 1; round <= 10; round++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(writer => Task.Run(() => Stores.Cases.Save(
                Sample.Next("a-1", round) with { History = [Sample.Entry("a-1", $"{round:D2}.{writer:D2}")] }, Ct))));

            var winner = Array.IndexOf(outcomes, SaveOutcome.Saved);
            Assert.Single(outcomes, SaveOutcome.Saved);
            Assert.Equal(round + 1, (await Stores.Cases.Find("a-1", Ct))!.Version);
            var history = await Stores.Cases.History("a-1", Ct);
            Assert.Equal(round, history.Count);
            Assert.Equal($"{round:D2}.{winner:D2}", history[^1].Key);
        }
    }

    [Fact]
    public async Task Fifty_writers_who_decide_again_after_a_conflict_are_all_saved()
    {
        await Saved(Sample.Opened("a-1"));

        await Task.WhenAll(Enumerable.Range(0, 50).Select(writer => Task.Run(async () =>
        {
            SaveOutcome outcome;
            do
            {
                var version = (await Stores.Cases.Find("a-1", Ct))!.Version;
                outcome = await Stores.Cases.Save(Sample.Next("a-1", version) with { History = [Sample.Entry("a-1", $"{writer:D2}")] }, Ct);
            }
            while (outcome == SaveOutcome.Conflict);
        })));

        Assert.Equal(51, (await Stores.Cases.Find("a-1", Ct))!.Version);
        Assert.Equal(50, (await Stores.Cases.History("a-1", Ct)).Count);
    }

    [Fact]
    public async Task Ninety_rows_are_saved_and_ninety_one_are_refused()
    {
        await Saved(Sample.Opened("a-1"));

        await Saved(Sample.Next("a-1", 1) with { History = Entries(89) });
        await Assert.ThrowsAsync<InvalidOperationException>(() => Stores.Cases.Save(Sample.Next("a-1", 2) with { History = Entries(90) }, Ct));

        Assert.Equal(89, (await Stores.Cases.History("a-1", Ct)).Count);
        Assert.Equal(2, (await Stores.Cases.Find("a-1", Ct))!.Version);

        static HistoryEntry[] Entries(int count) => [.. Enumerable.Range(0, count).Select(number => Sample.Entry("a-1", $"{number:D3}"))];
    }

    [Fact]
    public async Task A_unit_of_the_most_bytes_is_saved_and_a_longer_one_leaves_nothing_behind()
    {
        await Saved(Sample.Opened("a-1"));

        await Saved(Sample.Next("a-1", 1) with { Contents = [Long(2_999_000)] });
        Assert.Equal(2_999_000, (await Stores.Cases.FindContent("a-1.placed", 1, Ct))!.Appropriateness.Length);

        Assert.Equal(SaveOutcome.TooLarge, await Stores.Cases.Save(Everything(Sample.Next("a-1", 2)) with { Contents = [Long(3_000_000)] }, Ct));
        Assert.Equal(2_999_000, (await Stores.Cases.FindContent("a-1.placed", 1, Ct))!.Appropriateness.Length);

        await Saved(Sample.Next("a-1", 2) with { Contents = [Long(0)] });
        await ExpectNothingOf("a-1", 3, hasContent: true);
        Assert.Empty((await Stores.Cases.FindContent("a-1.placed", 1, Ct))!.Appropriateness);

        static PlanContent Long(int characters) => new() { Plan = "a-1.placed", Version = 1, Appropriateness = new string('a', characters) };
    }

    public static TheoryData<string, CaseChange> UnitsWithARowOfAnotherCase { get; } = new()
    {
        { "file", Sample.Next("a-1", 1) with { File = Sample.File("a-2") } },
        { "plan", Sample.Next("a-1", 1) with { Plans = [Sample.Plan("a-2")] } },
        { "content", Sample.Next("a-1", 1) with { Contents = [new() { Plan = "a-2.placed", Version = 1 }] } },
        { "content without a case", Sample.Next("a-1", 1) with { Contents = [new() { Plan = "placed", Version = 1 }] } },
        { "progress", Sample.Next("a-1", 1) with { Progress = [new() { Plan = "a-2.placed", Version = 1 }] } },
        { "history", Sample.Next("a-1", 1) with { History = [Sample.Entry("a-2", "1")] } },
        { "notice", Sample.Next("a-1", 1) with { Notices = [Sample.Notice("a-2", "1")] } },
        { "inbox item", Sample.Next("a-1", 1) with { Inbox = [Sample.Item("a-2", "1")] } },
        { "message", Sample.Next("a-1", 1) with { Messages = [Sample.Message("m") with { Case = "a-2" }] } },
        { "wake", Sample.Next("a-1", 1) with { Wakes = [Sample.Wake("a-2", Sample.Noon)] } },
        { "wake of another case's plan", Sample.Next("a-1", 1) with { Wakes = [new("plan:a-2.placed", "a-1", Sample.Noon)] } },
        { "wake of nothing", Sample.Next("a-1", 1) with { Wakes = [new("placed", "a-1", Sample.Noon)] } },
    };

    [Theory]
    [MemberData(nameof(UnitsWithARowOfAnotherCase))]
    public async Task A_unit_with_a_row_of_another_case_is_refused(string row, CaseChange change)
    {
        await Saved(Sample.Opened("a-1"));
        await Saved(Sample.Opened("a-2"));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Stores.Cases.Save(change, Ct));

        Assert.True(refused.Message.Contains("row of case", StringComparison.Ordinal), row);
        Assert.Equal(1, (await Stores.Cases.Find("a-1", Ct))!.Version);
    }

    [Fact]
    public async Task The_first_unit_of_a_case_carries_its_file()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Stores.Cases.Save(Sample.Next("a-1", 0), Ct));

        Assert.Null(await Stores.Cases.Find("a-1", Ct));
    }

    [Fact]
    public async Task A_unit_cancelled_before_it_starts_is_not_saved()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Stores.Cases.Save(Sample.Opened("a-1"), cancelled.Token));

        Assert.Null(await Stores.Cases.Find("a-1", Ct));
    }

    private static CaseChange Everything(CaseChange change) => change with
    {
        File = Sample.File("a-1") with { Number = "lost", Facts = [Sample.Assignment("s", "lost")] },
        Plans = [Sample.Plan("a-1", VersionStatus.PendingApproval)],
        Contents = [new() { Plan = "a-1.placed", Version = 1 }],
        Progress = [new() { Plan = "a-1.placed", Version = 1 }],
        Marks = new(),
        History = [Sample.Entry("a-1", "lost")],
        Notices = [Sample.Notice("a-1", "lost")],
        Inbox = [Sample.Item("a-1", "lost")],
        Messages = [Sample.Message("lost")],
        Wakes = [Sample.Wake("a-1", Sample.Noon)],
        Reply = Sample.Reply("lost"),
    };

    private async Task ExpectNothingOf(string caseId, long version, bool hasContent = false)
    {
        var found = await Stores.Cases.Find(caseId, Ct);
        Assert.Equal(version, found!.Version);
        Assert.NotEqual("lost", found.File.Number);
        Assert.Empty(found.Plans);
        Assert.Equal(hasContent, await Stores.Cases.FindContent("a-1.placed", 1, Ct) is not null);
        Assert.Null(await Stores.Cases.FindProgress("a-1.placed", 1, Ct));
        Assert.Empty(await Stores.Cases.History(caseId, Ct));
        Assert.Empty(await Stores.Cases.Notices(caseId, Ct));
        Assert.Empty(await Stores.Inbox.Waiting("ines", Ct));
        Assert.Null(await Stores.Outbox.Find("lost", Ct));
        Assert.Null(await Stores.Wakes.Earliest(Ct));
        Assert.Null(await Stores.Cases.FindReply("lost", Sample.Noon, Ct));
        Assert.Empty(await Stores.Cases.Cases("sample", Ct, "lost"));
        Assert.Empty(await Stores.Cases.PlansPendingApproval("sample", Ct));
    }
}
