using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

public sealed class ActFunctions(Bound bound)
{
    [Function("reviewPlan")]
    public Task<IResult> ReviewPlan([HttpTrigger(Anonymous, "post", Route = "api/plans/{id}/reviews")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("closePlan")]
    public Task<IResult> ClosePlan([HttpTrigger(Anonymous, "post", Route = "api/plans/{id}/closing")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("reopenPlan")]
    public Task<IResult> ReopenPlan([HttpTrigger(Anonymous, "post", Route = "api/plans/{id}/reopening")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("excuseDeadline")]
    public Task<IResult> ExcuseDeadline([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/excusals")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);
}
