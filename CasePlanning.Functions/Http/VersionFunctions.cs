using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

public sealed class VersionFunctions(Bound bound)
{
    [Function("createVersion")]
    public Task<IResult> CreateVersion([HttpTrigger(Anonymous, "post", Route = "api/plans/{id}/versions")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getVersion")]
    public Task<IResult> GetVersion([HttpTrigger(Anonymous, "get", Route = "api/plans/{id}/versions/{n}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("saveDraft")]
    public Task<IResult> SaveDraft([HttpTrigger(Anonymous, "put", Route = "api/plans/{id}/versions/{n}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("withdrawDraft")]
    public Task<IResult> WithdrawDraft([HttpTrigger(Anonymous, "delete", Route = "api/plans/{id}/versions/{n}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);
}
