using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

public sealed class DocumentFunctions(Bound bound)
{
    [Function("getOpenApi")]
    public Task<IResult> GetOpenApi([HttpTrigger(Anonymous, "get", Route = "openapi/v1.json")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);
}
