using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

public sealed class CaseFunctions(Bound bound)
{
    [Function("listCases")]
    public Task<IResult> ListCases([HttpTrigger(Anonymous, "get", Route = "api/cases")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("openCase")]
    public Task<IResult> OpenCase([HttpTrigger(Anonymous, "post", Route = "api/cases")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getCase")]
    public Task<IResult> GetCase([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("transferCase")]
    public Task<IResult> TransferCase([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/transfer")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("sealCase")]
    public Task<IResult> SealCase([HttpTrigger(Anonymous, "put", Route = "api/cases/{id}/sealing")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("recoverSealedCase")]
    public Task<IResult> RecoverSealedCase([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/sealing/recovery")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("listCaseDeadlines")]
    public Task<IResult> ListCaseDeadlines([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}/deadlines")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("previewCaseDeadlines")]
    public Task<IResult> PreviewCaseDeadlines([HttpTrigger(Anonymous, "post", Route = "api/cases/{id}/deadlines/preview")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getCaseHistory")]
    public Task<IResult> GetCaseHistory([HttpTrigger(Anonymous, "get", Route = "api/cases/{id}/history")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);
}
