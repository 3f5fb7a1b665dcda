using System.Collections.Frozen;
using CasePlanning.Api;
using CasePlanning.Functions.Identity;
using CasePlanning.Functions.Loops;
using CasePlanning.Functions.Mail;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CasePlanning.Functions.Http;

/// <summary>Runs the operation or page that bears the function's name.</summary>
public sealed class Bound(DurableClients clients, MailSweep mail)
{
    private static readonly FrozenDictionary<string, RequestDelegate> ByName = Operations.All.Select(operation => KeyValuePair.Create<string, RequestDelegate>(operation.Name, operation.Invoke))
        .Concat(Pages.All.Select(page => KeyValuePair.Create<string, RequestDelegate>(page.Name, page.Invoke))).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Writes the answer itself; what it returns tells the platform so, and writes nothing.</summary>
    public async Task<IResult> Run(HttpRequest request, FunctionContext function, DurableTaskClient client)
    {
        clients.Lend(client);
        await SignInRegistration.Authenticate(request.HttpContext);
        await ByName[function.FunctionDefinition.Name](request.HttpContext);
        if (!HttpMethods.IsGet(request.Method))
        {
            await mail.AfterSave(function.CancellationToken);
        }

        return Results.Empty;
    }
}
