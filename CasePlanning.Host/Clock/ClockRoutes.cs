using CasePlanning.Api.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Host.Clock;

/// <summary>Where to move the simulated clock.</summary>
public sealed record ClockMove
{
    public required DateTimeOffset To { get; init; }
}

/// <summary>The simulated clock over HTTP, for administrators; there is no such address while the system's clock runs.</summary>
internal static class ClockRoutes
{
    /// <summary>How long a move may take before it is answered with how far it came; asking again goes on.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static void MapClock(this IEndpointRouteBuilder routes)
    {
        var clock = routes.MapGroup("/api/clock").AddEndpointFilter(AdministratorsOnly).AllowAnonymous();
        clock.MapGet("", (ClockDriver driver, CancellationToken ct) => driver.Read(ct));
        clock.MapPost("", async (ClockMove move, ClockDriver driver, CancellationToken ct) =>
        {
            using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
            try
            {
                return Results.Ok(await driver.MoveTo(move.To, either.Token));
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return Results.Ok(await driver.Read(ct));
            }
        });
    }

    private static async ValueTask<object?> AdministratorsOnly(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.User.Identity?.IsAuthenticated != true)
        {
            return Results.Problem("Send a bearer token of an administrator.", statusCode: StatusCodes.Status401Unauthorized);
        }

        if (http.Request.Query.Count > 0)
        {
            return Results.Problem($"This address takes no query parameters, and {string.Join(", ", http.Request.Query.Keys)} came with the request.", statusCode: StatusCodes.Status400BadRequest);
        }

        var directories = http.RequestServices.GetRequiredService<IDirectoryStore>();
        return await Callers.Find(http.User, directories, http.RequestAborted) is { Active: true } person && person.Is(Role.Administrator)
            ? await next(context)
            : Results.Problem("Only administrators move the clock.", statusCode: StatusCodes.Status403Forbidden);
    }
}
