using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Host.Pages;

internal static class PageRoutes
{
    public static void AddPages(this IServiceCollection services) =>
        services.AddScoped<Visitor>().AddScoped<ApprovalPage>().AddScoped<CasePages>().AddScoped<MailPage>().AddScoped<SignInPages>();

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(PageAnswer.StylePath, () => Results.Text(Style.Sheet, "text/css; charset=utf-8"));
        routes.MapGet("/", (HttpContext context, [FromServices] CasePages pages) => pages.Start(context));
        routes.MapGet("/plans/{plan}", (HttpContext context, string plan, [FromServices] CasePages pages) => pages.Plan(context, plan));
        routes.MapGet("/cases/{id}", (HttpContext context, string id, [FromServices] CasePages pages) => pages.Case(context, id));
        routes.MapGet(MailPage.Path, (HttpContext context, [FromServices] MailPage page) => page.Show(context));
        routes.MapGet("/approvals/{request}", (HttpContext context, string request, [FromServices] ApprovalPage page) => page.Show(context, request));
        routes.MapPost("/approvals/{request}", (HttpContext context, string request, [FromServices] ApprovalPage page) => page.Decide(context, request));
        routes.MapGet("/signin", (HttpContext context, string? returnTo, [FromServices] SignInPages pages) => pages.Begin(context, returnTo));
        routes.MapPost("/signin", (HttpContext context, [FromServices] SignInPages pages) => pages.ClickSample(context));
        routes.MapGet("/signin/authority", (HttpContext context, string? returnTo) => SignInPages.Challenge(context, returnTo));
        routes.MapGet(Identity.CodeFlow.CallbackPath, (Delegate)SignInPages.Finish);
        routes.MapGet("/signout", (Delegate)SignInPages.AskSignOut);
        routes.MapPost("/signout", (Delegate)SignInPages.End);
    }
}
