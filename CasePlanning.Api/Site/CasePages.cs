using CasePlanning.Application;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Site;

/// <summary>The pages a mail's links lead to: a plan, a case, and the start page.</summary>
internal sealed class CasePages(Visitor visitors, CaseReading reading, TeamReading team, DeskReading desk)
{
    /// <summary>How far ahead the start page looks, in days.</summary>
    private const int DaysAhead = 60;

    public async Task<IResult> Start(HttpContext context)
    {
        if (!Visitor.IsSignedIn(context))
        {
            return new PageAnswer(new("Case planning"), Html.Of($"""
                <p>Plans, their deadlines and approvals.</p>
                <p><a class="button" href="/signin">Sign in</a></p>
                <ul><li><a href="/openapi/v1.json">The API, as OpenAPI</a></li><li><a href="/health/ready">Is everything running?</a></li></ul>
                """));
        }

        if (await visitors.Of(context) is not { } caller)
        {
            return ShortPages.UnknownPerson();
        }

        var mine = (await desk.Mine(caller, new DeskQuestion { Until = caller.Today.AddDays(DaysAhead) }, context.RequestAborted)).Value.Groups.SelectMany(group => group.Entries).ToArray();
        var approvals = (await team.Approvals(caller, context.RequestAborted)).Where(item => item.MayDecide).ToArray();
        return new PageAnswer(new("What is next"), Html.Of($"""
            {Html.If(approvals.Length > 0, () => Html.Of($"<h2>Plans to approve</h2>{PlanMarkup.List(approvals.Select(Approval))}"))}
            <h2>Your deadlines</h2>
            {(mine.Length == 0 ? Html.Of($"<p>Nothing falls due in the next {DaysAhead} days.</p>") : PlanMarkup.List(mine.Select(Item)))}
            """), signedInAs: caller.Person.Name);
    }

    public Task<IResult> Plan(HttpContext context, string plan) => Show(context, plan.Split('.') is [var caseId, "home" or "placed"] ? caseId : null, $"/plans/{plan}", async caller =>
    {
        var found = await reading.Plan(caller, plan, context.RequestAborted);
        if (found.Refusal is not null)
        {
            return null;
        }

        var detail = found.Value;
        var deadlines = (await reading.Deadlines(caller, detail.Case, plan, context.RequestAborted)).Value;
        var pending = detail.InPreparation?.OpenRequest;
        return (Html.Of($"Case {detail.CaseNumber}: plan {Words.Of(detail.Setting)}"), Html.Of($"""
            <p>The plan is <strong>{Words.Of(detail.Stage)}</strong>{Html.If(detail.ClosedBecause is not null, () => Html.Of($": {detail.ClosedBecause}"))}.
            {Html.If(detail.InEffect is not null, () => Html.Of($"Version {detail.InEffect!.Number} is in effect since {Html.Day(detail.InEffect.EffectiveOn!.Value)}."))}</p>
            {Html.If(pending is not null, () => Html.Of($"<p><a href=\"/approvals/{Uri.EscapeDataString(pending!.Id)}\">Decide on version {detail.InPreparation!.Number}</a></p>"))}
            {PlanMarkup.Deadlines(caller, deadlines)}
            <h2>Versions</h2>
            {(detail.Versions.Count == 0 ? Html.Of($"<p>None yet.</p>") : PlanMarkup.List(detail.Versions.Select(Version)))}
            <p><a href="/cases/{detail.Case}">The case</a></p>
            """));
    });

    public Task<IResult> Case(HttpContext context, string id) => Show(context, id, $"/cases/{id}", async caller =>
    {
        var found = await reading.Case(caller, id, context.RequestAborted);
        if (found.Refusal is not null)
        {
            return null;
        }

        var detail = found.Value;
        var deadlines = (await reading.Deadlines(caller, id, null, context.RequestAborted)).Value;
        return (Html.Of($"Case {detail.Number}"), Html.Of($"""
            <p>Worker: {(detail.Worker is null ? "nobody is assigned" : Visitor.NameOf(caller, detail.Worker))}.</p>
            <h2>Plans</h2>
            {PlanMarkup.List(detail.Plans.Select(plan => Html.Of($"<a href=\"/plans/{plan.Id}\">Plan {Words.Of(plan.Setting)}</a>: {Words.Of(plan.Stage)}. {plan.NextDeadline}")))}
            {PlanMarkup.Deadlines(caller, deadlines)}
            """));
    });

    private async Task<IResult> Show(HttpContext context, string? caseId, string path, Func<Caller, Task<(Html Title, Html Body)?>> show)
    {
        if (caseId is null || await visitors.NumberIn(caseId, context.RequestAborted) is not { } number)
        {
            return ShortPages.NotFound();
        }

        if (!Visitor.IsSignedIn(context))
        {
            return ShortPages.SignInFirst(number, path);
        }

        return await visitors.Of(context) is not { } caller ? ShortPages.UnknownPerson()
            : await show(caller) is var (title, body) ? new PageAnswer(title, body, signedInAs: caller.Person.Name)
            : ShortPages.NotVisible(caller.Person.Name);
    }

    private static Html Approval(ApprovalItem item) =>
        Html.Of($"<a href=\"/approvals/{Uri.EscapeDataString(item.Request)}\">Case {item.CaseNumber}</a>: version {item.Version}, decide by {Html.Day(item.DecideBy)}");

    private static Html Item(DeskEntry item) =>
        Html.Of($"<strong>{PlanMarkup.Word(item.Status)}</strong> <a href=\"{(item.Plan is null ? $"/cases/{item.Case}" : $"/plans/{item.Plan}")}\">Case {item.CaseNumber}</a>: {item.What}, {Html.Day(item.Due)}");

    private static Html Version(PlanVersion version) =>
        Html.Of($"Version {version.Number}, {PlanMarkup.Word(version.Kind)}: {Words.Of(version.Status)}; plan date {Html.Day(version.PlanDate)}, end date {Html.Day(version.EndDate)}");
}
