using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

public sealed class MailFunctions(Bound bound)
{
    [Function("listMail")]
    public Task<IResult> ListMail([HttpTrigger(Anonymous, "get", Route = "api/mail")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("releaseMail")]
    public Task<IResult> ReleaseMail([HttpTrigger(Anonymous, "post", Route = "api/mail/{id}/release")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("releaseAllMail")]
    public Task<IResult> ReleaseAllMail([HttpTrigger(Anonymous, "post", Route = "api/people/{id}/mail/release")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("reportDelivery")]
    public Task<IResult> ReportDelivery([HttpTrigger(Anonymous, "post", Route = "api/mail/{id}/delivery")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);
}
