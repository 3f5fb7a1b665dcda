using CasePlanning.Api.Identity;
using CasePlanning.Api.Site;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Api;

/// <summary>Every page there is. A shell binds each, as it binds the operations.</summary>
public static class Pages
{
    public static IReadOnlyList<Page> All { get; } =
    [
        Get("getStyle", PageAnswer.StylePath, _ => Task.FromResult(Results.Text(Style.Sheet, "text/css; charset=utf-8"))),
        Get("showStart", "/", context => The<CasePages>(context).Start(context)),
        Get("showPlan", "/plans/{plan}", context => The<CasePages>(context).Plan(context, Part(context, "plan"))),
        Get("showCase", "/cases/{id}", context => The<CasePages>(context).Case(context, Part(context, "id"))),
        Get("showDeadLetters", MailPage.Path, context => The<MailPage>(context).Show(context)),
        Get("showApproval", "/approvals/{request}", context => The<ApprovalPage>(context).Show(context, Part(context, "request"))),
        Post("answerApproval", "/approvals/{request}", context => The<ApprovalPage>(context).Decide(context, Part(context, "request"))),
        Get("beginSignIn", "/signin", SignInPages.Begin),
        Get("finishSignIn", CodeFlow.CallbackPath, SignInPages.Finish),
        Get("askSignOut", "/signout", SignInPages.AskSignOut),
        Post("signOut", "/signout", SignInPages.End),
    ];

    private static Page Get(string name, string route, Func<HttpContext, Task<IResult>> answer) => new(name, HttpMethods.Get, route, answer);

    private static Page Post(string name, string route, Func<HttpContext, Task<IResult>> answer) => new(name, HttpMethods.Post, route, answer);

    private static T The<T>(HttpContext context) where T : notnull => context.RequestServices.GetRequiredService<T>();

    private static string Part(HttpContext context, string name) => (string)context.GetRouteValue(name)!;
}
