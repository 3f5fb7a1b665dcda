using CasePlanning.Application;
using CasePlanning.Application.Reading;
using CasePlanning.Domain;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Api.Site;

/// <summary>Pieces that several pages show.</summary>
internal static class PlanMarkup
{
    public static Html Refused(Refusal refusal) => Html.Of($"""
        <div class="box bad"><strong>{refusal.Title}</strong>{List(refusal.Reasons.Select(reason => Html.Of($"{reason.Message} <span class=\"soft\">{reason.Rule}</span>")))}</div>
        """);

    public static Html Readiness(ReadinessDetail readiness) => Html.Of($"""
        <h2>Is it ready?</h2>
        {(readiness.Unmet.Count == 0 ? Html.Of($"<p class=\"good\">Nothing stands against it.</p>") : List(readiness.Unmet.Select(Unmet)))}
        {Html.If(readiness.Warnings.Count > 0, () => Html.Of($"<p>Worth a look, and no reason to wait:</p>{List(readiness.Warnings.Select(Unmet))}"))}
        """);

    public static Html Changes(PlanVersion? inEffect, IReadOnlyList<PlanLine>? before, IReadOnlyList<PlanLine> after)
    {
        if (inEffect is null || before is null)
        {
            return Html.Of($"<h2>What changed</h2><p>This is the first version; nothing is in effect yet.</p>");
        }

        var differences = PlanText.Between(before, after);
        return Html.Of($"""
            <h2>What changed against version {inEffect.Number}</h2>
            {(differences.Count == 0 ? Html.Of($"<p>Its content is the same.</p>") : Html.Empty)}
            {Changed("Added", differences.Where(each => each.Before is null), each => Html.Of($"<ins>{each.After}</ins>"))}
            {Changed("Removed", differences.Where(each => each.After is null), each => Html.Of($"<del>{each.Before}</del>"))}
            {Changed("Changed", differences.Where(each => each.Before is not null && each.After is not null), each => Html.Of($"<del>{each.Before}</del> <ins>{each.After}</ins>"))}
            """);
    }

    public static Html Content(IReadOnlyList<PlanLine> lines) => Html.Join(
        from line in lines
        group line by line.Section into section
        select Html.Of($"<h3>{section.Key}</h3>{Html.Join(section.GroupBy(line => line.Entry).Select(Entry))}"));

    public static Html Requests(Caller caller, PlanVersion version) => Html.Of($"""
        <h2>Approval history</h2>
        {List(version.Requests.Select(request => Html.Of($"Submitted {Html.Day(request.SubmittedOn)} by {Visitor.NameOf(caller, request.SubmittedBy)}{Answer(caller, request)}")))}
        """);

    public static Html Deadlines(Caller caller, IReadOnlyList<DeadlineDetail> deadlines) => Html.Of($"""
        <h2>Deadlines</h2>
        {(deadlines.Count == 0 ? Html.Of($"<p>Nothing is due by itself.</p>") : List(deadlines.Select(deadline => Deadline(caller, deadline))))}
        """);

    public static string Word<T>(T value) where T : struct, Enum => string.Concat(value.ToString().Select((letter, at) => char.IsUpper(letter) ? $"{(at == 0 ? "" : " ")}{char.ToLowerInvariant(letter)}" : letter.ToString()));

    public static Html List(IEnumerable<Html> items) => items.ToArray() is { Length: > 0 } each ? Html.Of($"<ul>{each.Select(item => Html.Of($"<li>{item}</li>"))}</ul>") : Html.Empty;

    private static Html Deadline(Caller caller, DeadlineDetail deadline)
    {
        var style = deadline.Status is DeadlineStatus.Overdue or DeadlineStatus.Missed or DeadlineStatus.MetLate ? "bad" : "";
        return Html.Of($"""
            <strong class="{style}">{Word(deadline.Status)}</strong>: {deadline.Explanation.Sentence}
            {Html.If(deadline.MetOn is not null, () => Html.Of($"Met on {Html.Day(deadline.MetOn!.Value)}."))}
            {Html.If(deadline.Because is not null, () => Html.Of($"It ended: {deadline.Because}."))}
            <span class="soft">{deadline.Explanation.Source}</span>
            {List(deadline.Told.Select(told => Html.Of($"<span class=\"soft\">Told {Html.Day(caller.Directory.Calendar.DateAt(told.At))}: {string.Join(", ", told.People.Select(person => Visitor.NameOf(caller, person)))} ({Word(told.Role)}, step {told.Step})</span>")))}
            """);
    }

    private static Html Answer(Caller caller, ApprovalRequest request) => request.Answer is not { } answer
        ? Html.Of($", not answered yet")
        : Html.Of($"; {Word(answer)} {Html.Day(request.AnsweredOn!.Value)} by {Visitor.NameOf(caller, request.AnsweredBy)}{Html.If(request.AnswerComments is not null, () => Html.Of($": {request.AnswerComments}"))}");

    private static Html Changed(string title, IEnumerable<PlanDifference> differences, Func<PlanDifference, Html> words) =>
        differences.ToArray() is { Length: > 0 } all
            ? Html.Of($"<h3>{title}</h3>{List(all.Select(each => Html.Of($"{Where(each.Line)}: {words(each)}")))}")
            : Html.Empty;

    private static string Where(PlanLine line) => string.Join(", ", new[] { line.Section, line.Entry, line.Label }.Where(part => part.Length > 0));

    private static Html Entry(IGrouping<string, PlanLine> entry) => Html.Of($"""
        {Html.If(entry.Key.Length > 0, () => Html.Of($"<p><strong>{entry.Key}</strong></p>"))}
        <dl>{entry.Select(line => line.Label.Length == 0 ? Html.Of($"<dd>{line.Value}</dd>") : Html.Of($"<dt>{line.Label}</dt><dd>{line.Value}</dd>"))}</dl>
        """);

    private static Html Unmet(Violation violation) =>
        Html.Of($"{violation.Message} <span class=\"soft\">{violation.Rule}{Html.If(violation.Source is not null, () => Html.Of($", {violation.Source}"))}</span>");
}
