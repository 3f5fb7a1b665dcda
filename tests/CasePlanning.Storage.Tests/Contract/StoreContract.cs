using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Tests.Contract;

/// <summary>
/// What every store has to do. A store takes part with one small class per contract that says how to open it empty;
/// nothing here knows which store it is.
/// </summary>
public abstract class StoreContract : IAsyncLifetime
{
    private IStores? _stores;

    /// <summary>Opens an empty store. It is disposed after the test.</summary>
    protected abstract Task<IStores> Open();

    protected IStores Stores => _stores!;

    protected static CancellationToken Ct => CancellationToken.None;

    public async Task InitializeAsync() => _stores = await Open();

    public virtual async Task DisposeAsync() => await Stores.DisposeAsync();

    /// <summary>Saves a unit that has to be taken.</summary>
    protected async Task Saved(CaseChange change) => Assert.Equal(SaveOutcome.Saved, await Stores.Cases.Save(change, Ct));
}
