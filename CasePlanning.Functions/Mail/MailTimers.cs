using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;
using CasePlanning.Functions.Loops;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Functions.Mail;

/// <summary>Writes digests and weekly summaries, and starts what sends them. What fails for one person or agency is logged, tried again in the next round, and holds up nobody else.</summary>
public sealed class MailTimers(
    DigestJob digests, SummaryJob summaries, IInboxStore inbox, IWakeStore wakes, MailSweep sweep, DurableClients clients, TimeProvider clock, ILogger<MailTimers> log)
{
    private const int MostPeople = 1000;

    [Function("Digests")]
    public async Task Digests([TimerTrigger("0 2/5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await IsMorningUnderWay(now, ct))
        {
            return;
        }

        foreach (var (agency, person) in await inbox.PeopleWaiting(now, MostPeople, ct))
        {
            await Try(() => digests.Serve(agency, person, now, ct), $"digest of {person}", ct);
        }

        await Send(client, ct);
    }

    [Function("Summaries")]
    public async Task Summaries([TimerTrigger("0 4 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var agency in await summaries.Due(now, ct))
        {
            await Try(() => summaries.Serve(agency, now, ct), $"summaries of {agency}", ct);
        }

        await Send(client, ct);
    }

    [Function("MailSweep")]
    public Task Sweep([TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct) => Send(client, ct);

    /// <summary>True while ticks are due, so that one digest has all of a morning; after a quarter of an hour it doesn't wait for them any more.</summary>
    private async Task<bool> IsMorningUnderWay(DateTimeOffset now, CancellationToken ct) =>
        await wakes.Earliest(ct) <= now && await inbox.Earliest(ct) > now - Watchdog.Grace;

    private async Task Send(DurableTaskClient client, CancellationToken ct)
    {
        clients.Lend(client);
        await sweep.Run(ct);
    }

    private async Task Try(Func<Task> serve, string what, CancellationToken ct)
    {
        try
        {
            await serve();
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            log.LogError(exception, "The {What} failed and is tried again.", what);
        }
    }
}
