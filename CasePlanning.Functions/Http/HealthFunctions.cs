using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

public sealed class HealthFunctions(Bound bound)
{
    [Function("isLive")]
    public Task<IResult> IsLive([HttpTrigger(Anonymous, "get", Route = "health/live")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("isReady")]
    public Task<IResult> IsReady([HttpTrigger(Anonymous, "get", Route = "health/ready")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);
}
