using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

public sealed class PeopleFunctions(Bound bound)
{
    [Function("listPeople")]
    public Task<IResult> ListPeople([HttpTrigger(Anonymous, "get", Route = "api/people")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("addPerson")]
    public Task<IResult> AddPerson([HttpTrigger(Anonymous, "post", Route = "api/people")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("changePerson")]
    public Task<IResult> ChangePerson([HttpTrigger(Anonymous, "put", Route = "api/people/{id}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("listAbsences")]
    public Task<IResult> ListAbsences([HttpTrigger(Anonymous, "get", Route = "api/people/{id}/absences")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("recordAbsence")]
    public Task<IResult> RecordAbsence([HttpTrigger(Anonymous, "post", Route = "api/people/{id}/absences")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("removeAbsence")]
    public Task<IResult> RemoveAbsence([HttpTrigger(Anonymous, "delete", Route = "api/people/{id}/absences/{absence}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);
}
