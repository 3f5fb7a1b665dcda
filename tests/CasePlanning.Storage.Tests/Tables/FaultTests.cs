using CasePlanning.Storage.Memory;
using CasePlanning.Storage.Tables;

namespace CasePlanning.Storage.Tests.Tables;

/// <summary>
/// In every way of writing, the service fails after 0, 1, 2, 3 … calls, before the call took place or after it; it is done again by another
/// process; and the store answers as one that never failed.
/// </summary>
public sealed class FaultTests
{
    public static TheoryData<string, bool> Acts
    {
        get
        {
            var acts = new TheoryData<string, bool>();
            foreach (var act in Act.All)
            {
                acts.Add(act.Name, false);
                acts.Add(act.Name, true);
            }

            return acts;
        }
    }

    [Theory, MemberData(nameof(Acts))]
    public async Task What_failed_and_was_done_again_is_as_if_it_had_not_failed(string name, bool afterTheCall)
    {
        var expected = await Expected(name);
        for (var calls = 0; await Fails(name, calls, afterTheCall, expected); calls++)
        {
            Assert.True(calls < 100, "An act takes fewer calls.");
        }
    }

    /// <summary>True where the act was still under way at the call that fails.</summary>
    private static async Task<bool> Fails(string name, int calls, bool afterTheCall, string expected)
    {
        var service = new FailingTables(new InMemoryTableService(TimeProvider.System));
        foreach (var before in Act.All.TakeWhile(act => act.Name != name))
        {
            await before.Do(new TablesStore(service));
        }

        var act = Act.All.Single(act => act.Name == name);
        service.FailAfter(calls, afterTheCall);
        try
        {
            await act.Do(new TablesStore(service));
        }
        catch (IOException)
        {
            service.Mend();
            await act.Do(new TablesStore(service));
        }

        service.Mend();
        Assert.Equal(expected, await Answers.Of(new TablesStore(service)));
        return service.HasFailed;
    }

    /// <summary>What another store answers that can't fail halfway.</summary>
    private static async Task<string> Expected(string name)
    {
        await using var memory = new InMemoryStore();
        foreach (var act in Act.All.TakeWhile(act => act.Name != name).Append(Act.All.Single(act => act.Name == name)))
        {
            await act.Do(memory);
        }

        return await Answers.Of(memory);
    }
}
