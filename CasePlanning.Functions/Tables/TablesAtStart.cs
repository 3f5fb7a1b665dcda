using CasePlanning.Storage.Tables;
using Microsoft.Extensions.Hosting;

namespace CasePlanning.Functions.Tables;

/// <summary>Creates the tables that are missing, before the process takes its first invocation. Where it can't reach them, the process doesn't start.</summary>
public sealed class TablesAtStart(AzureTables tables, TablesStore store) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (await IsBeingMoved(cancellationToken))
        {
            throw new InvalidOperationException("An import into these tables wasn't finished. Run it again before the process starts.");
        }
    }

    private async Task<bool> IsBeingMoved(CancellationToken ct)
    {
        try
        {
            await tables.Create(TablesStore.Names, ct);
            return await store.Whole.FindMark(ct) is not null;
        }
        catch (Exception exception) when (TableFailures.Sentence(exception) is { } sentence)
        {
            throw new InvalidOperationException(sentence, exception);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
