using CasePlanning.Api.Pipeline;
using CasePlanning.Api.Site;
using CasePlanning.Application.Calendars;
using CasePlanning.Application.Cases;
using CasePlanning.Application.Loop;
using CasePlanning.Application.Mail;
using CasePlanning.Application.People;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CasePlanning.Api;

/// <summary>Brings the operations and pages into a shell.</summary>
public static class CasePlanningApi
{
    /// <summary>
    /// Registers the use cases and what the operations need. The shell registers the ports (stores, <c>IMailSender</c>, <c>ISignal</c>),
    /// a <see cref="TimeProvider"/>, and authentication that sets the request's user: for pages that of <see cref="Identity.SignIn"/>.
    /// </summary>
    public static IServiceCollection AddCasePlanningApi(this IServiceCollection services, ApiOptions options)
    {
        Problems.CheckComplete();
        if (options.ReadinessLag <= TimeSpan.Zero)
        {
            throw new ArgumentException("Set ReadinessLag to more than zero, e.g. 00:15:00.", nameof(options));
        }

        if (options.Mail is { } mail)
        {
            services.TryAddSingleton(mail);
        }

        return services
            .AddSingleton(options)
            .AddSingleton<MailTexts>()
            .AddSingleton<UndeliveredTexts>()
            .AddSingleton<DeadLetters>()
            .AddSingleton<Deliveries>()
            .AddSingleton<UnitOfWork>()
            .AddSingleton<CaseFiles>()
            .AddSingleton<CaseTransfers>()
            .AddSingleton<Sealing>()
            .AddSingleton<Drafting>()
            .AddSingleton<Submissions>()
            .AddSingleton<PlanActs>()
            .AddSingleton<Administration>()
            .AddSingleton<DeadlineComparison>()
            .AddSingleton<AgencySettings>()
            .AddSingleton<RuleKeeping>()
            .AddSingleton<CaseReading>()
            .AddSingleton<Preview>()
            .AddSingleton<TeamReading>()
            .AddSingleton<HandOver>()
            .AddSingleton<CaseWalk>()
            .AddSingleton<DeskReading>()
            .AddSingleton<WorkloadReading>()
            .AddSingleton<OnTimeReading>()
            .AddSingleton<CalendarFeeds>()
            .AddSingleton<Ticker>()
            .AddSingleton<MailDispatch>()
            .AddSingleton<MailOutage>()
            .AddSingleton<DigestJob>()
            .AddSingleton<SummaryJob>()
            .AddSingleton<Watchdog>()
            .AddSingleton<Visitor>()
            .AddSingleton<CasePages>()
            .AddSingleton<ApprovalPage>()
            .AddSingleton<MailPage>();
    }

    /// <summary>
    /// Maps every operation to its route, and problem details to every other address under <c>/api</c>. Operations check the caller
    /// themselves, so a shell's own authorization policies don't apply to them.
    /// </summary>
    public static IEndpointRouteBuilder MapCasePlanningOperations(this IEndpointRouteBuilder endpoints)
    {
        foreach (var operation in Operations.All)
        {
            endpoints.MapMethods(operation.Route, [operation.Method], (RequestDelegate)operation.Invoke).WithName(operation.Name).AllowAnonymous();
        }

        endpoints.Map("/api/{**rest}", Operations.Unknown).WithOrder(int.MaxValue).AllowAnonymous();
        return endpoints;
    }

    /// <summary>Maps pages to their routes.</summary>
    public static IEndpointRouteBuilder MapCasePlanningPages(this IEndpointRouteBuilder endpoints, IEnumerable<Page> pages)
    {
        foreach (var page in pages)
        {
            endpoints.MapMethods(page.Route, [page.Method], (RequestDelegate)page.Invoke).WithName(page.Name).AllowAnonymous();
        }

        return endpoints;
    }
}
