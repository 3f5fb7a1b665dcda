using System.Net;
using System.Net.Http.Headers;
using CasePlanning.Api.Tests.World;
using CsvHelper;

namespace CasePlanning.Api.Tests.Desks;

/// <summary>The desk's lists as files for a spreadsheet.</summary>
public sealed class CsvTests : ApiWorld
{
    [Fact]
    public async Task A_list_is_a_header_and_rows_with_the_same_members_as_in_JSON()
    {
        await this.OpenedOn("1", "2026-02-02", sibling: true);
        await this.OpenedOn("late", "2026-01-20");

        var answer = (await As("will").Get("/api/me/agenda?format=csv")).Expect(HttpStatusCode.OK);

        Assert.Equal(
            "time,due,daysLeft,status,excusedUntil,forecast,caseNumber,plan,unit,worker,what,children,rules,sentences,sources,link\r\n"
            + "overdue,2026-02-19,-11,overdue,,false,late,sample-late.home,north,will,Initial case plan,Daniel,default.initial,"
            + "Initial case plan is due 2026-02-19: 30 calendar days after 2026-01-20 (case opened).,"
            + "\"Minnesota Module 12 (CPS Plan, Timeline); MiTEAM supervisor guide (within first 30 days of placement)\",http://localhost:5080/plans/sample-late.home\r\n"
            + "this-week,2026-03-04,2,due-soon,,false,1,sample-1.home,north,will,Initial case plan,Ana; Daniel,default.initial,"
            + "Initial case plan is due 2026-03-04: 30 calendar days after 2026-02-02 (case opened).,"
            + "\"Minnesota Module 12 (CPS Plan, Timeline); MiTEAM supervisor guide (within first 30 days of placement)\",http://localhost:5080/plans/sample-1.home\r\n",
            answer.Text);
        Assert.Equal("text/csv", answer.MediaType);
    }

    [Theory]
    [InlineData("/api/me/agenda", "agenda-2026-03-02.csv")]
    [InlineData("/api/team/agenda", "team-agenda-2026-03-02.csv")]
    [InlineData("/api/team/forecast", "team-forecast-2026-03-02.csv")]
    [InlineData("/api/team/on-time", "on-time-2026-03-02.csv")]
    [InlineData("/api/team/on-time/late", "late-work-2026-03-02.csv")]
    public async Task Every_list_of_the_desk_comes_as_a_file_that_reads_back_and_is_named_for_what_it_is(string path, string name)
    {
        await this.OpenedOn("late", "2026-01-20");

        using var response = await Raw(path, "text/csv");
        await using var csv = CsvReader.Create(await response.Content.ReadAsByteArrayAsync());
        var rows = 0;
        while (await csv.ReadAsync())
        {
            rows++;
        }

        Assert.Equal("text/csv; charset=utf-8; header=present", response.Content.Headers.ContentType!.ToString());
        Assert.Equal($"attachment; filename=\"{name}\"", response.Content.Headers.ContentDisposition!.ToString());
        Assert.Contains("Accept", response.Headers.Vary);
        Assert.True(rows > 0, "There are no rows.");
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x.test\",\"Ana\")", "'=HYPERLINK(\"http://x.test\",\"Ana\")")]
    [InlineData("+1 612 555 0100", "'+1 612 555 0100")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("José, \"Pepe\"\r\nGarcía", "José, \"Pepe\"\r\nGarcía")]
    [InlineData("Ana = Ana", "Ana = Ana")]
    public async Task A_name_is_never_a_formula_and_comes_back_as_it_was(string name, string expected)
    {
        (await As("ada").Post("/api/cases", new
        {
            number = "1",
            openedOn = "2026-02-02",
            facts = new object[]
            {
                new { fact = "participant", source = "daniel", on = "2026-02-02", name, role = "focus-child" },
                new { fact = "assignment", source = "a1", on = "2026-02-02", person = "will" },
            },
        })).Expect(HttpStatusCode.Created);

        using var response = await Raw("/api/me/agenda", "text/csv");
        await using var csv = CsvReader.Create(await response.Content.ReadAsByteArrayAsync());

        Assert.True(await csv.ReadAsync());
        Assert.Equal(expected, csv.GetString("children"));
        Assert.Equal("2", csv.GetString("daysLeft"));
        Assert.False(await csv.ReadAsync());
    }

    [Theory]
    [InlineData("application/json", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/html, */*;q=0.8", "application/json")]
    [InlineData("text/csv", "text/csv")]
    [InlineData("TEXT/CSV;q=0.9, */*;q=0.1", "text/csv")]
    [InlineData("text/csv;q=0.3, application/json", "application/json")]
    [InlineData("text/csv;q=0", "application/json")]
    [InlineData("nonsense", "application/json")]
    public async Task The_format_is_the_one_accepted_most(string accept, string expected)
    {
        using var response = await Raw("/api/team/forecast", accept);

        Assert.Equal((HttpStatusCode.OK, expected), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task The_query_says_the_format_before_the_header_does_and_refusals_stay_problems()
    {
        using var json = await Raw("/api/team/forecast?format=json", "text/csv");
        Assert.Equal("application/json", json.Content.Headers.ContentType!.MediaType);

        (await As("sue").Get("/api/team/forecast?format=xlsx")).ExpectProblem(HttpStatusCode.BadRequest, "unreadable");
        (await As("sue").Get("/api/team/forecast?format=csv&weeks=0")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");
    }

    [Fact]
    public async Task A_list_of_nothing_is_its_header()
    {
        Assert.Equal(
            "group,name,due,onTime,late,meanDaysLate,mostDaysLate,missed,overdue,excused,enteredLate,rate\r\n",
            (await As("sid").Get("/api/team/on-time?format=csv")).Text);
    }

    [Fact]
    public async Task What_a_table_holds_of_a_forecast_and_of_late_work()
    {
        await this.OpenedOn("late", "2026-01-20");
        await this.OpenedOn("next", "2026-02-07");
        (await As("ada").Post("/api/people/will/absences", new { id = "a1", from = "2026-03-09", to = "2026-03-13", cover = "wendy" })).Expect(HttpStatusCode.OK);

        Assert.Equal(
            "unit,worker,name,cases,overdue,from,to,due,byRule,away\r\n"
            + "north,will,will,2,1,2026-03-02,2026-03-08,0,,\r\n"
            + "north,will,will,2,1,2026-03-09,2026-03-15,1,default.initial 1,\"2026-03-09 to 2026-03-13, covered by wendy\"\r\n",
            (await As("sue").Get("/api/team/forecast?format=csv&weeks=2")).Text);
        Assert.Equal(
            "case,caseNumber,plan,unit,worker,occurrence,rule,name,child,due,done,outcome,daysLate\r\n"
            + "sample-late,late,sample-late.home,north,will,default.initial~child:daniel~opening-opening~1,default.initial,Initial case plan,Daniel,2026-02-19,,overdue,11\r\n",
            (await As("sue").Get("/api/team/on-time/late?format=csv")).Text);
    }

    private async Task<HttpResponseMessage> Raw(string path, string accept)
    {
        using var http = NewHttp();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", path.Contains("/me/") ? "sub=will" : "sub=sue");
        var response = await http.SendAsync(request);
        await response.Content.LoadIntoBufferAsync();
        return response;
    }
}
