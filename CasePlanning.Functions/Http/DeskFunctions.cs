using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

public sealed class DeskFunctions(Bound bound)
{
    [Function("getMe")]
    public Task<IResult> GetMe([HttpTrigger(Anonymous, "get", Route = "api/me")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getMyAgenda")]
    public Task<IResult> GetMyAgenda([HttpTrigger(Anonymous, "get", Route = "api/me/agenda")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getTeamAgenda")]
    public Task<IResult> GetTeamAgenda([HttpTrigger(Anonymous, "get", Route = "api/team/agenda")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getTeamForecast")]
    public Task<IResult> GetTeamForecast([HttpTrigger(Anonymous, "get", Route = "api/team/forecast")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getTeamOnTime")]
    public Task<IResult> GetTeamOnTime([HttpTrigger(Anonymous, "get", Route = "api/team/on-time")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("listTeamLateWork")]
    public Task<IResult> ListTeamLateWork([HttpTrigger(Anonymous, "get", Route = "api/team/on-time/late")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);
}
