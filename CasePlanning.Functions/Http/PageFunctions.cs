using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Http;

public sealed class PageFunctions(Bound bound)
{
    /// <summary>The start page's address: the platform takes no empty route (github.com/Azure/Azure-Functions/issues/2473), and a part that has to be empty in its place.</summary>
    public const string Root = "{ignored:maxlength(0)?}";

    [Function("getStyle")]
    public Task<IResult> GetStyle([HttpTrigger(Anonymous, "get", Route = "pages.css")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("showStart")]
    public Task<IResult> ShowStart([HttpTrigger(Anonymous, "get", Route = Root)] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("showPlan")]
    public Task<IResult> ShowPlan([HttpTrigger(Anonymous, "get", Route = "plans/{plan}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("showCase")]
    public Task<IResult> ShowCase([HttpTrigger(Anonymous, "get", Route = "cases/{id}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("showDeadLetters")]
    public Task<IResult> ShowDeadLetters([HttpTrigger(Anonymous, "get", Route = "mail")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("showApproval")]
    public Task<IResult> ShowApproval([HttpTrigger(Anonymous, "get", Route = "approvals/{request}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("answerApproval")]
    public Task<IResult> AnswerApproval([HttpTrigger(Anonymous, "post", Route = "approvals/{request}")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("beginSignIn")]
    public Task<IResult> BeginSignIn([HttpTrigger(Anonymous, "get", Route = "signin")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("finishSignIn")]
    public Task<IResult> FinishSignIn([HttpTrigger(Anonymous, "get", Route = "signin/callback")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("askSignOut")]
    public Task<IResult> AskSignOut([HttpTrigger(Anonymous, "get", Route = "signout")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);

    [Function("signOut")]
    public Task<IResult> SignOut([HttpTrigger(Anonymous, "post", Route = "signout")] HttpRequest request, FunctionContext function, [DurableClient] DurableTaskClient client) => bound.Run(request, function, client);
}
