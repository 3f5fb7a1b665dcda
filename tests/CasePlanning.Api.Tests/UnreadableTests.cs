using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using CasePlanning.Api.Tests.World;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Api.Tests;

/// <summary>What can't be read is answered with the place and a sentence, and changes nothing.</summary>
public sealed class UnreadableTests : ApiWorld
{
    [Theory]
    [InlineData("""{"source":"p1","on":"2026-03-01","child":"daniel","setting":"foster-home","colour":"red"}""", "$.colour", "'colour' isn't known here. Known are child, setting, source, on.")]
    [InlineData("""{"Source":"p1","on":"2026-03-01","child":"daniel","setting":"foster-home"}""", "$.Source", "'Source' isn't known here; it is written 'source'.")]
    [InlineData("""{"on":"2026-03-01","child":"daniel","setting":"foster-home"}""", "$.source", "'source' is missing.")]
    [InlineData("""{"source":"p1","on":"2025-02-30","child":"daniel","setting":"foster-home"}""", "$.on", "'2025-02-30' is not a date. Write a day that exists as year-month-day, such as 2025-03-01.")]
    [InlineData("""{"source":"p1","on":"2026-03-01T00:00:00Z","child":"daniel","setting":"foster-home"}""", "$.on", "'2026-03-01T00:00:00Z' is not a date.")]
    [InlineData("""{"source":"p1","on":20260301,"child":"daniel","setting":"foster-home"}""", "$.on", "A date is expected here, in quotes")]
    [InlineData("""{"source":4711,"on":"2026-03-01","child":"daniel","setting":"foster-home"}""", "$.source", "A text is expected here, in quotes.")]
    [InlineData("""{"source":null,"on":"2026-03-01","child":"daniel","setting":"foster-home"}""", "$.source", "A value is needed here; null isn't one.")]
    [InlineData("""{"source":"p1","on":"2026-03-01","child":"daniel","setting":"castle"}""", "$.setting", "'castle' isn't it: one of home, foster-home,")]
    [InlineData("""{"source":"p1","on":"2026-03-01","child":"daniel","setting":"home, shelter"}""", "$.setting", "one of home, foster-home,")]
    [InlineData("""{"source":"p1","on":"2026-03-01","child":"daniel","setting":1}""", "$.setting", "one of home, foster-home,")]
    [InlineData("""{"source":"p1","source":"p2","on":"2026-03-01","child":"daniel","setting":"shelter"}""", "$.source", "'source' is given twice.")]
    [InlineData("""{"source":"p1","on":"2026-03-01","child":"daniel","setting":"shelter","withdrawn":"x"}""", "$.withdrawn", "'withdrawn' is set by the system; leave it out.")]
    [InlineData("""{"fact":"placement","source":"p1","on":"2026-03-01","child":"daniel","setting":"shelter"}""", "$.fact", "'fact' isn't needed here; the address says which kind of fact this is.")]
    [InlineData("""{"source":"\ud800","on":"2026-03-01","child":"daniel","setting":"shelter"}""", "$.source", "A text is expected here, in quotes.")]
    [InlineData("""{"\ud800":"x","source":"p1","on":"2026-03-01","child":"daniel","setting":"shelter"}""", "$", "The name of a member has a character that doesn't exist.")]
    [InlineData("""{"kind":"placement","source":"p1","on":"2026-03-01","child":"daniel","setting":"shelter"}""", "$.kind", "'kind' isn't known here.")]
    [InlineData("""["p1"]""", "$", "An object is expected here, in curly braces.")]
    [InlineData("""{"source":"p1","on":"2026-03-01","child":"daniel","setting":"shelter"} and more""", "$", "This isn't JSON, or something stands before or after it: look at line 1, character")]
    [InlineData("""{"source":"p1",""", "$", "This isn't JSON")]
    [InlineData("""{"source":"p1","on":"2026-03-01","child":"daniel","setting":"shelter",}""", "$", "This isn't JSON")]
    [InlineData("null", "$", "A value is needed here; null isn't one.")]
    [InlineData("", "$", "A body is expected.")]
    public async Task A_body_that_cannot_be_read_is_a_400_with_its_place_and_a_sentence(string body, string field, string message)
    {
        await this.OpenCase("1");
        var before = await this.Snapshot("1");

        var answer = (await As("will").Post("/api/cases/sample-1/placements", body)).ExpectProblem(HttpStatusCode.BadRequest, "unreadable");

        var violation = Assert.Single(answer.Violations);
        Assert.Equal(field, violation.Field);
        Assert.Contains(message, violation.Message);
        Assert.DoesNotContain("System.", answer.Text);
        Assert.Equal(before, await this.Snapshot("1"));
    }

    [Fact]
    public async Task Everything_that_cannot_be_read_is_said_at_once_with_its_place()
    {
        var body = """
            {"number":"7","openedOn":"2026-02-31","facts":[
              {"fact":"participant","source":"daniel","on":"2026-02-02","name":"Daniel","role":"focus-child","indianChild":"yes"},
              {"source":"x"},
              {"fact":"closing","source":"c","on":"2026-02-02","plan":"p","reason":"r"},
              {"on":"2026-02-02","source":"a1","fact":"assignment","primary":1}]}
            """;

        var answer = (await As("will").Post("/api/cases", body)).ExpectProblem(HttpStatusCode.BadRequest, "unreadable");

        Assert.Equal(["$.openedOn", "$.facts[0].indianChild", "$.facts[1].fact", "$.facts[2].fact", "$.facts[3].primary", "$.facts[3].person"], answer.Violations.Select(violation => violation.Field));
        (await As("will").Get("/api/cases/sample-7")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_list_takes_no_null_and_a_number_no_text()
    {
        var body = """{"planDate":"2026-03-02","focusChildren":[null],"content":{"revision":"1","strengths":{},"targetGroups":[{"group":"family","conditions":"none"}]}}""";

        var answer = (await As("will").Send(HttpMethod.Put, "/api/plans/sample-1.home/versions/1", Client.Json(body), ifMatch: "\"1\"")).ExpectProblem(HttpStatusCode.BadRequest, "unreadable");

        Assert.Equal(["$.focusChildren[0]", "$.content.revision", "$.content.strengths", "$.content.targetGroups[0].conditions"], answer.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task Nesting_beyond_reason_is_no_JSON_here()
    {
        var answer = await As("will").Post("/api/cases", new string('[', 40) + new string(']', 40));

        Assert.Contains("levels deep", answer.ExpectProblem(HttpStatusCode.BadRequest, "unreadable").Violations[0].Message);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_a_400()
    {
        var content = new ByteArrayContent([(byte)'"', 0xC3, 0x28, (byte)'"']);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        var answer = await As("will").Send(HttpMethod.Post, "/api/cases", content);

        Assert.Equal("The text isn't valid UTF-8.", answer.ExpectProblem(HttpStatusCode.BadRequest, "unreadable").Violations[0].Message);
    }

    [Fact]
    public async Task A_byte_order_mark_does_no_harm()
    {
        var content = new ByteArrayContent([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("""{"number":"8","openedOn":"2026-02-02"}""")]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        (await As("will").Send(HttpMethod.Post, "/api/cases", content)).Expect(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_five_megabytes_is_a_413_whether_or_not_its_length_is_announced(bool announced)
    {
        await this.OpenCase("1");
        var before = await this.Snapshot("1");
        var content = new StringContent($"{{\"source\":\"{new string('x', 5 * 1024 * 1024)}\"}}", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/cases/sample-1/placements") { Content = content };
        request.Headers.TransferEncodingChunked = !announced;

        var answer = await As("will").Send(request);

        Assert.Contains("1 megabyte", (string)answer.ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "too-large").Json["detail"]!);
        Assert.Equal(before, await this.Snapshot("1"));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task A_body_that_does_not_say_it_is_JSON_is_a_415(string? type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"number":"8","openedOn":"2026-02-02"}"""));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

        (await As("will").Send(HttpMethod.Post, "/api/cases", content)).ExpectProblem(HttpStatusCode.UnsupportedMediaType, "not-json");

        (await As("will").Get("/api/cases/sample-8")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Query_parameters_are_read_as_strictly()
    {
        var until = (await As("will").Get("/api/me/agenda?until=2026-02-30")).ExpectProblem(HttpStatusCode.BadRequest, "unreadable");
        Assert.Equal("until", until.Violations[0].Field);
        Assert.StartsWith("'2026-02-30' is not a date.", until.Violations[0].Message);

        var state = (await As("ada").Get("/api/mail?state=lost")).ExpectProblem(HttpStatusCode.BadRequest, "unreadable");
        Assert.Equal("'lost' isn't it: one of waiting, sent, dead is expected here.", state.Violations[0].Message);

        var all = (await As("will").Get("/api/me/agenda?until=soon&forecast=maybe&status=lost&format=xml")).ExpectProblem(HttpStatusCode.BadRequest, "unreadable");
        Assert.Equal(["until", "forecast", "status", "format"], all.Violations.Select(violation => violation.Field));

        (await As("will").Get("/api/plans/sample-1.home/readiness?version=one")).ExpectProblem(HttpStatusCode.BadRequest, "unreadable");
    }

    [Fact]
    public async Task What_a_query_holds_beyond_what_the_address_takes_is_refused_with_everything_it_takes()
    {
        var all = (await As("ada").Get("/api/mail?colour=red&State=dead&page=")).ExpectProblem(HttpStatusCode.BadRequest, "unreadable");

        Assert.Equal(
            [("colour", "'colour' isn't known here. Known are state."), ("State", "'State' isn't known here; it is written 'state'."), ("page", "'page' isn't known here. Known are state.")],
            all.Violations.Select(violation => (violation.Field!, violation.Message)));
        var twice = (await As("ada").Get("/api/mail?state=dead&state=sent")).ExpectProblem(HttpStatusCode.BadRequest, "unreadable");
        Assert.Equal("'state' is given more than once.", Assert.Single(twice.Violations).Message);
    }

    [Fact]
    public async Task No_operation_takes_a_parameter_it_does_not_declare()
    {
        foreach (var operation in Operations.All)
        {
            var path = Regex.Replace(operation.Route, @"\{\w+\}", "x");
            var caller = operation.Policy == Policy.FoundAgencies ? With("email=root@installation.org") : As(operation.Policy.Roles.Contains(Role.Administrator) ? "ada" : "will");

            var answer = (await caller.Send(new HttpMethod(operation.Method), $"{path}?nonsense=1")).ExpectProblem(HttpStatusCode.BadRequest, "unreadable");

            var violation = Assert.Single(answer.Violations);
            Assert.Equal("nonsense", violation.Field);
            Assert.Contains("'nonsense' isn't known here.", violation.Message);
            Assert.All(operation.Query, parameter => Assert.Contains(parameter.Name, violation.Message));
        }
    }

    [Theory]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "/api/plans/sample-1.home/versions/one", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "/api/plans/sample-1.home/versions/99999999999", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "/api/plans/nonsense", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "/api/cases/a%01b", HttpStatusCode.NotFound, "not-found")]
    [InlineData("DELETE", "/api/cases/sample-1", HttpStatusCode.MethodNotAllowed, "no-such-method")]
    public async Task An_address_that_names_nothing_is_a_problem_too(string method, string path, HttpStatusCode status, string code)
    {
        var answer = await As("will").Send(new HttpMethod(method), path);

        answer.ExpectProblem(status, code);
    }

    [Theory]
    [InlineData("/api/me", true)]
    [InlineData("/api/cases/none", true)]
    [InlineData("/api/me", false)]
    [InlineData("/health/live", false)]
    [InlineData("/openapi/v1.json", false)]
    public async Task No_answer_may_be_cached_or_guessed_at(string path, bool signedIn)
    {
        var answer = await (signedIn ? As("will") : Anonymous).Get(path);

        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }
}
