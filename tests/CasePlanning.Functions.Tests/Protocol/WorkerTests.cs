using System.Globalization;
using CasePlanning.Functions.Loops;
using CasePlanning.Functions.Tests.Replay;
using CasePlanning.Functions.Tests.Tables;
using CasePlanning.Storage.Tables;
using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;

namespace CasePlanning.Functions.Tests.Protocol;

/// <summary>The built process under a platform that speaks the worker protocol and runs nothing of its own: handshake, functions, invocations, end.</summary>
public sealed class WorkerTests(Installation installation) : IClassFixture<Installation>
{
    [Fact]
    public async Task It_answers_the_handshake_and_loads_every_function()
    {
        await using var platform = await installation.Start();

        Assert.Equal(Functions.All.Keys.Order(StringComparer.Ordinal), platform.Loaded.Order(StringComparer.Ordinal));
        Assert.Empty(platform.Warnings);
    }

    [Fact]
    public async Task It_creates_its_tables_and_a_key_before_it_answers()
    {
        var account = await Azurite.Account();

        await using var platform = await installation.Start(account);

        foreach (var table in TablesStore.Names.Except(["keys"]))
        {
            Assert.Null(await Azurite.Over(account).PartitionAfter(table, "", default));
        }

        Assert.Single(await new TablesKeyRing(Azurite.Over(account)).All(default));
    }

    [Fact]
    public async Task An_operation_is_invoked_over_HTTP_and_its_save_starts_the_loop_of_the_plan()
    {
        await using var platform = await installation.Start();
        var today = TimeProvider.System.GetUtcNow().AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        Assert.Equal(401, (await platform.Send("openCase", HttpMethod.Post, "/api/cases", body: "{}")).Status);
        var (status, body) = await platform.Send("openCase", HttpMethod.Post, "/api/cases", installation.TokenOf("worker"), $$"""
            {"number":"1","openedOn":"{{today}}","facts":[
                {"fact":"participant","source":"child","on":"{{today}}","name":"Child","role":"focus-child"},
                {"fact":"assignment","source":"first","on":"{{today}}","person":"worker"}]}
            """);

        Assert.True(status == 201, $"{status}: {body}\n{platform.Worker.Output}");
        Assert.NotNull(await installation.Stores.Cases.Find("county-1", default));
        Assert.Equal(nameof(PlanLifecycle), (await installation.Engine.Completion("plan:county-1.home")).Name);

        var (found, plan) = await platform.Send("getPlan", HttpMethod.Get, "/api/plans/county-1.home", installation.TokenOf("worker"));
        Assert.Equal((200, "awaiting-plan"), (found, plan!["stage"]!.GetValue<string>()));

        var tick = await platform.RunActivity(nameof(Tick), "plan:county-1.home");
        Assert.Equal("awaiting-plan", (tick["stage"] ?? tick["Stage"])!.GetValue<string>());
    }

    [Theory]
    [InlineData("ends-at-once")]
    [InlineData("woken-by-timer")]
    [InlineData("woken-by-signal")]
    [InlineData("woken-without-a-wake")]
    [InlineData("mail-tried-again")]
    public async Task An_orchestration_decides_from_a_history_what_is_on_record(string course)
    {
        await using var platform = await installation.Start();

        foreach (var turn in Histories.Read(Histories.Current, course))
        {
            var decided = await platform.RunOrchestration(turn.Orchestration, Convert.ToBase64String(turn.Request.ToByteArray()));
            Assert.Equal(turn.Response.Actions, OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(decided)).Actions);
        }
    }

    [Fact]
    public async Task Every_timer_function_does_its_round_and_the_process_ends_when_it_is_told()
    {
        await using var platform = await installation.Start();

        foreach (var timer in new[] { "Watchdog", "FailedInstances", "Mend", "Digests", "Summaries", "MailSweep", "Purge" })
        {
            await platform.RunTimer(timer);
        }

        await platform.Terminate();
        Assert.Equal(0, await platform.Worker.Ended());
    }
}
