using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace CasePlanning.Functions.Tests.Protocol;

/// <summary>What stands between browsers and a worker: it takes TLS off, finds the function by the address, and where it signs people in says who they are.</summary>
internal sealed class FrontEnd(Platform platform) : HttpMessageHandler
{
    /// <summary>The worker that requests go to.</summary>
    public Platform Platform { get; set; } = platform;

    /// <summary>What it says of whoever is signed in; null for nobody.</summary>
    public string? Principal { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Principal is not null)
        {
            request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Principal);
        }

        return Platform.Send(FunctionOf(request), request);
    }

    /// <summary>As routing has it, an address in words goes before one with parts to fill in.</summary>
    private static string FunctionOf(HttpRequestMessage request) => Functions.Triggers
        .Where(trigger => trigger.Methods.Contains(request.Method.Method, StringComparer.OrdinalIgnoreCase)
            && new TemplateMatcher(TemplateParser.Parse(trigger.Route), []).TryMatch(request.RequestUri!.AbsolutePath, new RouteValueDictionary()))
        .MinBy(trigger => trigger.Route.Count(letter => letter == '{'))!.Function;
}
