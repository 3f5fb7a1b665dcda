using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

public sealed class AgencyFunctions(Bound bound)
{
    [Function("listAgencies")]
    public Task<IResult> ListAgencies([HttpTrigger(Anonymous, "get", Route = "api/agencies")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("foundAgency")]
    public Task<IResult> FoundAgency([HttpTrigger(Anonymous, "post", Route = "api/agencies")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("diffAgency")]
    public Task<IResult> DiffAgency([HttpTrigger(Anonymous, "post", Route = "api/agencies/{id}/diff")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("changeAgency")]
    public Task<IResult> ChangeAgency([HttpTrigger(Anonymous, "put", Route = "api/agencies/{id}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("diffRules")]
    public Task<IResult> DiffRules([HttpTrigger(Anonymous, "post", Route = "api/agencies/{id}/rules/diff")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("changeRules")]
    public Task<IResult> ChangeRules([HttpTrigger(Anonymous, "put", Route = "api/agencies/{id}/rules")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);
}
