using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

public sealed class ApprovalFunctions(Bound bound)
{
    [Function("submitPlan")]
    public Task Submit([HttpTrigger(Anonymous, "post", Route = "api/plans/{id}/submission")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) =>
        bound.Run(request, function, client);
}
