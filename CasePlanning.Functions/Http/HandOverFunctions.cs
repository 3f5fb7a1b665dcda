using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

public sealed class HandOverFunctions(Bound bound)
{
    [Function("getBrief")]
    public Task<IResult> GetBrief([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}/brief")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getHandOver")]
    public Task<IResult> GetHandOver([HttpTrigger(Anonymous, "get", Route = "api/people/{id}/hand-over")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);
}
