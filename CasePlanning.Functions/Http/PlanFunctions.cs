using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

/// <summary>A trigger asks for no key of the platform: an operation itself decides who may call it.</summary>
public sealed class PlanFunctions(Bound bound)
{
    [Function("getPlan")]
    public Task Get([HttpTrigger(Anonymous, "get", Route = "api/plans/{id}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) =>
        bound.Run(request, function, client);
}
