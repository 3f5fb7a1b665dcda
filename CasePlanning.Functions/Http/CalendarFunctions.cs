using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

public sealed class CalendarFunctions(Bound bound)
{
    [Function("createCalendar")]
    public Task<IResult> CreateCalendar([HttpTrigger(Anonymous, "post", Route = "api/me/calendar")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("getCalendar")]
    public Task<IResult> GetCalendar([HttpTrigger(Anonymous, "get", Route = "api/me/calendar")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("revokeCalendar")]
    public Task<IResult> RevokeCalendar([HttpTrigger(Anonymous, "delete", Route = "api/me/calendar")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("readCalendar")]
    public Task<IResult> ReadCalendar([HttpTrigger(Anonymous, "get", Route = "calendars/{token}.ics")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);
}
