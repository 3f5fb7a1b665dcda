using System.Globalization;
using CasePlanning.Application;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using CasePlanning.Domain;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Site;

/// <summary>
/// The page behind an approval request's link. Looking changes nothing. Without sign-in it says the case number and no more; signed in, whoever
/// may decide reads the plan and decides.
/// </summary>
internal sealed class ApprovalPage(Visitor visitors, CaseReading reading, TeamReading team, Submissions submissions)
{
    /// <summary>Most characters of a comment.</summary>
    private const int LongestComment = 4000;

    public async Task<IResult> Show(HttpContext context, string request) =>
        await Open(context, request) is var (answer, page) && answer is not null ? answer : await Form(context, page!, null);

    public async Task<IResult> Decide(HttpContext context, string request)
    {
        if (!await PageAnswer.IsOurs(context))
        {
            return ShortPages.FormExpired();
        }

        var (answer, page) = await Open(context, request);
        if (answer is not null)
        {
            return answer;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        DecisionKind? kind = form["decision"].ToString() switch { "approve" => DecisionKind.Approve, "return" => DecisionKind.Return, _ => null };
        if (kind is null)
        {
            return await Form(context, page!, new Refusal.Invalid([new Violation("approval", "Choose whether to approve the plan or to return it.", "decision")]));
        }

        var comments = form["comments"].ToString().Trim();
        var decided = await submissions.Decide(page!.Caller, page.Plan.Id, new Decision
        {
            Kind = kind.Value,
            Comments = comments.Length == 0 ? null : comments[..Math.Min(comments.Length, LongestComment)],
            PlanDateToApprovalDate = form["planDateToday"].Count > 0,
            Request = request,
        }, context.RequestAborted);
        return decided.Refusal is { } refusal ? await Form(context, page, refusal, comments) : Results.LocalRedirect($"~/approvals/{Uri.EscapeDataString(request)}");
    }

    /// <summary>What a visitor who may decide needs, or the page that answers everybody else.</summary>
    private async Task<(IResult? Answer, Request? Page)> Open(HttpContext context, string requestId)
    {
        if (PlanOf(requestId) is not var (planId, number) || await visitors.NumberIn(CasePlan.CaseOf(planId), context.RequestAborted) is not { } caseNumber)
        {
            return (ShortPages.NotFound(), null);
        }

        if (!Visitor.IsSignedIn(context))
        {
            return (ShortPages.SignInFirst(caseNumber, $"/approvals/{requestId}"), null);
        }

        if (await visitors.Of(context) is not { } caller)
        {
            return (ShortPages.UnknownPerson(), null);
        }

        var plan = await reading.Plan(caller, planId, context.RequestAborted);
        if (plan.Refusal is not null || plan.Value.Versions.FirstOrDefault(each => each.Number == number) is not { } version
            || version.Requests.FirstOrDefault(each => each.Id == requestId) is not { } request)
        {
            return (ShortPages.NotVisible(caller.Person.Name), null);
        }

        if (request.Answer is not null)
        {
            return (Answered(caller, plan.Value, version, request), null);
        }

        var waiting = (await team.Approvals(caller, context.RequestAborted)).FirstOrDefault(item => item.Request == requestId);
        return waiting is { MayDecide: true }
            ? (null, new Request(caller, plan.Value, version, request, waiting.DecideBy))
            : (ShortPages.Forbidden(
                "This decision belongs to the case's supervisor, or to whoever stands in.",
                caller.Person.Name,
                Html.Of($"<p><a href=\"/plans/{planId}\">The plan of case {plan.Value.CaseNumber}</a></p>")), null);
    }

    private async Task<IResult> Form(HttpContext context, Request page, Refusal? refusal, string comments = "")
    {
        var (caller, plan, version, request, decideBy) = page;
        var ct = context.RequestAborted;
        var content = (await reading.Version(caller, plan.Id, version.Number, ct)).Value.Content;
        var file = (await reading.Case(caller, plan.Case, ct)).Value;
        var names = file.Facts.OfType<Participant>().ToDictionary(each => each.Source, each => each.Name, StringComparer.Ordinal);
        var lines = PlanText.Of(content, names);
        var before = plan.InEffect is { } inEffect ? PlanText.Of((await reading.Version(caller, plan.Id, inEffect.Number, ct)).Value.Content, names) : null;
        var readiness = (await reading.ReadinessOf(caller, plan.Id, version.Number, ct)).Value;
        var body = Html.Of($"""
            {Html.If(refusal is not null, () => PlanMarkup.Refused(refusal!))}
            <dl>
            <dt>Version</dt><dd>{version.Number}, {PlanMarkup.Word(version.Kind)}, {Words.Of(plan.Setting)}</dd>
            <dt>Plan date</dt><dd>{Html.Day(version.PlanDate)}</dd>
            <dt>End date</dt><dd>{Html.Day(version.EndDate)}</dd>
            <dt>Focus children</dt><dd>{string.Join(", ", version.FocusChildren.Select(child => names.GetValueOrDefault(child, child)))}</dd>
            <dt>Submitted</dt><dd>{Html.Day(request.SubmittedOn)} by {Visitor.NameOf(caller, request.SubmittedBy)}</dd>
            <dt>Decide by</dt><dd>{Html.Day(decideBy)}</dd>
            {Html.If(request.Comments is not null, () => Html.Of($"<dt>Comments</dt><dd>{request.Comments}</dd>"))}
            </dl>
            {PlanMarkup.Readiness(readiness)}
            {PlanMarkup.Changes(plan.InEffect, before, lines)}
            <h2>The plan</h2>
            {PlanMarkup.Content(lines)}
            {PlanMarkup.Requests(caller, version)}
            <h2>Your decision</h2>
            <form method="post" action="/approvals/{Uri.EscapeDataString(request.Id)}">
            {PageAnswer.Token(context)}
            {Html.If(version.PlanDate > caller.Today, () => Html.Of($"<label class=\"check\"><input type=\"checkbox\" name=\"planDateToday\" value=\"yes\" checked> The plan date, {Html.Day(version.PlanDate)}, lies ahead: set it to today on approval.</label>"))}
            <label for="comments">Comments <span class="soft">(needed to return the plan)</span></label>
            <textarea id="comments" name="comments" maxlength="{LongestComment.ToString(CultureInfo.InvariantCulture)}">{comments}</textarea>
            <div class="row"><button name="decision" value="approve">Approve the plan</button><button class="second" name="decision" value="return">Return it for changes</button></div>
            </form>
            """);
        return new PageAnswer(
            Html.Of($"Case {plan.CaseNumber}: plan to approve"), body, refusal is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict, caller.Person.Name);
    }

    private static PageAnswer Answered(Caller caller, PlanDetail plan, PlanVersion version, ApprovalRequest request)
    {
        var what = request.Answer switch
        {
            ApprovalAnswer.Approved => $"Version {version.Number} was approved and took effect.",
            ApprovalAnswer.Returned => $"Version {version.Number} was returned to its writer for changes.",
            ApprovalAnswer.Recalled => $"Version {version.Number} was recalled by its writer; there is nothing to decide.",
            _ => $"Version {version.Number} was withdrawn when its plan ended; there is nothing to decide.",
        };
        var body = Html.Of($"""
            <p class="box"><strong>{what}</strong></p>
            <p>Answered by {Visitor.NameOf(caller, request.AnsweredBy)} on {Html.Day(request.AnsweredOn ?? caller.Today)}. This request has been answered and can't be answered again.</p>
            {Html.If(request.AnswerComments is not null, () => Html.Of($"<dl><dt>Comments</dt><dd>{request.AnswerComments}</dd></dl>"))}
            <p><a href="/plans/{plan.Id}">The plan of case {plan.CaseNumber}</a></p>
            """);
        return new PageAnswer(Html.Of($"Case {plan.CaseNumber}: already answered"), body, signedInAs: caller.Person.Name);
    }

    /// <summary>The plan and version that a request's id names, or null where it names none.</summary>
    private static (string Plan, int Version)? PlanOf(string requestId) =>
        requestId.Split('.') is [.., _, _, ['v', .. var version], var count] parts && parts.Length == 4
        && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? ($"{parts[0]}.{parts[1]}", number)
            : null;

    private sealed record Request(Caller Caller, PlanDetail Plan, PlanVersion Version, ApprovalRequest Open, DateOnly DecideBy);
}
