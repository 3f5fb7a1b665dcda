using Microsoft.DurableTask.Client;

namespace CasePlanning.Functions.Loops;

/// <summary>
/// The Durable Task client of the invocation that is running. The platform hands it to a function as a binding, and in no other way;
/// a function lends it to whatever it calls.
/// </summary>
public sealed class DurableClients
{
    private readonly AsyncLocal<DurableTaskClient?> _lent = new();

    public DurableTaskClient Current =>
        _lent.Value ?? throw new InvalidOperationException("This function lends no Durable Task client: give it a [DurableClient] parameter and call Lend with it.");

    public void Lend(DurableTaskClient client) => _lent.Value = client;
}
