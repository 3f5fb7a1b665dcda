using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

public sealed class PreferenceFunctions(Bound bound)
{
    [Function("getMyPreferences")]
    public Task<IResult> GetMyPreferences([HttpTrigger(Anonymous, "get", Route = "api/me/preferences")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("changeMyPreferences")]
    public Task<IResult> ChangeMyPreferences([HttpTrigger(Anonymous, "put", Route = "api/me/preferences")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);
}
