using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

public sealed class ApprovalFunctions(Bound bound)
{
    [Function("getReadiness")]
    public Task<IResult> GetReadiness([HttpTrigger(Anonymous, "get", Route = "api/plans/{id}/readiness")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("submitPlan")]
    public Task<IResult> SubmitPlan([HttpTrigger(Anonymous, "post", Route = "api/plans/{id}/submission")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("recallPlan")]
    public Task<IResult> RecallPlan([HttpTrigger(Anonymous, "post", Route = "api/plans/{id}/recall")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("decidePlan")]
    public Task<IResult> DecidePlan([HttpTrigger(Anonymous, "post", Route = "api/plans/{id}/decision")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("rescindApproval")]
    public Task<IResult> RescindApproval([HttpTrigger(Anonymous, "post", Route = "api/plans/{id}/rescission")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("listApprovals")]
    public Task<IResult> ListApprovals([HttpTrigger(Anonymous, "get", Route = "api/approvals")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);
}
