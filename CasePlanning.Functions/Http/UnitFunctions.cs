using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

public sealed class UnitFunctions(Bound bound)
{
    [Function("listUnits")]
    public Task<IResult> ListUnits([HttpTrigger(Anonymous, "get", Route = "api/units")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("addUnit")]
    public Task<IResult> AddUnit([HttpTrigger(Anonymous, "post", Route = "api/units")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("changeUnit")]
    public Task<IResult> ChangeUnit([HttpTrigger(Anonymous, "put", Route = "api/units/{id}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);
}
