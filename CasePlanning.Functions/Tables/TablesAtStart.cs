using CasePlanning.Storage.Tables;
using Microsoft.Extensions.Hosting;

namespace CasePlanning.Functions.Tables;

/// <summary>Creates the tables that are missing, before the process takes its first invocation. Where it can't reach them, the process doesn't start.</summary>
public sealed class TablesAtStart(AzureTables tables, TablesStore store) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await tables.Create(TablesStore.Names, cancellationToken);
        if (await store.Whole.FindMark(cancellationToken) is not null)
        {
            throw new InvalidOperationException("An import into these tables wasn't finished. Run it again before the process starts.");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
