using System.Net;
using CasePlanning.Api.Tests.World;

namespace CasePlanning.Api.Tests;

/// <summary>A date at the end of the calendar is a slip of the keyboard; it gets a sentence and not a defect.</summary>
public sealed class ImplausibleDateTests : ApiWorld
{
    private const string Never = "9999-12-31";

    [Fact]
    public async Task A_date_no_calendar_can_count_from_is_refused_wherever_it_is_sent()
    {
        var plan = await this.DraftPlan("1");
        await this.OpenCase("2");

        await Refused("/api/cases", new { number = "3", openedOn = "2026-03-02", facts = new object[] { new { fact = "assignment", source = "a", on = "2026-03-02", person = "will", until = Never } } }, "until");
        await Refused("/api/cases", new { number = "3", openedOn = Never }, "openedOn");
        await Refused("/api/plans/sample-2.home/versions", new { kind = "initial", planDate = Never }, "planDate");
        await Refused($"{plan}/deadlines/preview", new { updateWithPlanDate = Never }, "updateWithPlanDate");
        (await As("ada").Put("/api/agencies/sample/rules", new { inForceFrom = Never, packs = new[] { "default" }, why = "Never" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");
        (await As("sue").Post("/api/cases/sample-2/excusals", new { occurrence = "default.initial~child:daniel~opening-opening~1", until = Never, reason = "Flood" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");
    }

    [Fact]
    public async Task A_sealed_case_names_somebody() =>
        await Refused("/api/cases", new { number = "3", openedOn = "2026-03-02", sealedTo = Array.Empty<string>() }, "sealedTo");

    private async Task Refused(string path, object body, string field)
    {
        var problem = (await As("will").Post(path, body)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Contains(problem.Violations, violation => violation.Field!.EndsWith(field, StringComparison.Ordinal));
    }
}
