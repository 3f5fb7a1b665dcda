using Microsoft.Extensions.Hosting;

namespace CasePlanning.Functions.Settings;

/// <summary>Founds the first agency where the store has none, once the store can be asked. Where nobody could sign in then, the process doesn't start.</summary>
public sealed class Founding(FirstAgency first, SetupOptions setup) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => first.Run(setup, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
