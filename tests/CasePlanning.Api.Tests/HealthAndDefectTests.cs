using System.Net;
using CasePlanning.Api.Tests.World;
using CasePlanning.Application.Ports;

namespace CasePlanning.Api.Tests;

/// <summary>What is answered when the outside world fails or falls behind.</summary>
public sealed class HealthAndDefectTests : ApiWorld
{
    private readonly Switch _store = new();

    [Fact]
    public async Task The_service_is_ready_while_nothing_waits_too_long()
    {
        await this.OpenCase("1");

        (await Anonymous.Get("/health/live")).Expect(HttpStatusCode.OK);
        (await Anonymous.Get("/health/ready")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_is_not_ready_once_a_due_reminder_waits_longer_than_the_setting()
    {
        await this.OpenCase("1");
        var wake = (await Stores.Wakes.Earliest(default))!.Value;

        Clock.Now = wake.AddMinutes(15);
        (await Anonymous.Get("/health/ready")).Expect(HttpStatusCode.OK);
        Clock.Now = wake.AddMinutes(16);
        var behind = (await Anonymous.Get("/health/ready")).ExpectProblem(HttpStatusCode.ServiceUnavailable, "behind");

        Assert.Contains("16 minutes", (string)behind.Json["detail"]!);
        (await Anonymous.Get("/health/live")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_is_not_ready_once_a_message_waits_longer_than_the_setting()
    {
        await this.SubmittedPlan("1");

        Clock.Now = Clock.Now.AddMinutes(16);

        (await Anonymous.Get("/health/ready")).ExpectProblem(HttpStatusCode.ServiceUnavailable, "behind");
    }

    [Fact]
    public async Task A_defect_is_logged_under_its_trace_id_and_shows_nothing_of_itself()
    {
        await this.OpenCase("1");
        var before = await this.Snapshot("1");
        _store.OnSave = (_, _) => throw new InvalidOperationException("the password is swordfish");

        var answer = (await As("will").Post("/api/cases/sample-1/contacts", new { source = "c1", on = "2026-03-01", what = "family-met" }, key: "k")).ExpectProblem(HttpStatusCode.InternalServerError, "defect");

        Assert.DoesNotContain("swordfish", answer.Text);
        Assert.Contains((string)answer.Json["traceId"]!, Assert.Single(Log.Errors));
        _store.OnSave = null;
        Assert.Equal(before, await this.Snapshot("1"));
        (await As("will").Post("/api/cases/sample-1/contacts", new { source = "c1", on = "2026-03-01", what = "family-met" }, key: "k")).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_request_given_up_by_its_client_saves_nothing_and_is_no_error()
    {
        await this.OpenCase("1");
        var before = await this.Snapshot("1");
        var client = new CancellationTokenSource();
        _store.OnSave = async (_, ct) =>
        {
            await client.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            As("will").Send(new HttpRequestMessage(HttpMethod.Post, "/api/cases/sample-1/contacts") { Content = World.Client.Json(new { source = "c1", on = "2026-03-01", what = "family-met" }) }, client.Token));

        await Stop();
        Assert.Empty(Log.Errors);
        Assert.Equal(before, await this.Snapshot("1"));
    }

    [Fact]
    public async Task A_save_that_met_another_is_decided_again()
    {
        await this.OpenCase("1");
        var conflicts = 0;
        _store.Conflicts = () => conflicts++ == 0;

        (await As("will").Post("/api/cases/sample-1/contacts", new { source = "c1", on = "2026-03-01", what = "family-met" }, key: "k")).Expect(HttpStatusCode.Created);

        Assert.Equal(2, conflicts);
    }

    protected override ICaseStore Cases(ICaseStore cases) => new SwitchedStore(cases, _store);

    private sealed class Switch
    {
        public Func<CaseChange, CancellationToken, Task>? OnSave { get; set; }

        public Func<bool>? Conflicts { get; set; }
    }

    private sealed class SwitchedStore(ICaseStore inner, Switch with) : ForwardingCaseStore(inner)
    {
        public override async Task<SaveOutcome> Save(CaseChange change, CancellationToken ct)
        {
            await (with.OnSave?.Invoke(change, ct) ?? Task.CompletedTask);
            return with.Conflicts?.Invoke() == true ? SaveOutcome.Conflict : await base.Save(change, ct);
        }
    }
}
