using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

/// <summary>A trigger asks for no key of the platform: an operation itself decides who may call it.</summary>
public sealed class PlanFunctions(Bound bound)
{
    [Function("getPlan")]
    public Task<IResult> GetPlan([HttpTrigger(Anonymous, "get", Route = "api/plans/{id}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("listPlanDeadlines")]
    public Task<IResult> ListPlanDeadlines([HttpTrigger(Anonymous, "get", Route = "api/plans/{id}/deadlines")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("previewPlanDeadlines")]
    public Task<IResult> PreviewPlanDeadlines([HttpTrigger(Anonymous, "post", Route = "api/plans/{id}/deadlines/preview")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getPlanHistory")]
    public Task<IResult> GetPlanHistory([HttpTrigger(Anonymous, "get", Route = "api/plans/{id}/history")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("startUpdate")]
    public Task<IResult> StartUpdate([HttpTrigger(Anonymous, "post", Route = "api/plans/{id}/update-start")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("takeBackUpdate")]
    public Task<IResult> TakeBackUpdate([HttpTrigger(Anonymous, "delete", Route = "api/plans/{id}/update-start")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("recordProgress")]
    public Task<IResult> RecordProgress([HttpTrigger(Anonymous, "put", Route = "api/plans/{id}/progress/{objective}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);
}
