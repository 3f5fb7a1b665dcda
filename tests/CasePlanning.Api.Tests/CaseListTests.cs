using System.Net;
using CasePlanning.Api.Tests.World;

namespace CasePlanning.Api.Tests;

/// <summary>The list of cases, whole or page by page.</summary>
public sealed class CaseListTests : ApiWorld
{
    [Fact]
    public async Task Pages_hold_every_case_somebody_may_see_once_whatever_is_opened_meanwhile()
    {
        foreach (var number in new[] { "b", "d", "f", "h", "j" })
        {
            await this.OpenCase(number);
        }

        await this.OpenCase("e", "will", "sue");
        Assert.Equal("sample-b sample-d", await Page("otto", "?limit=2"));
        await this.OpenCase("a");
        await this.OpenCase("g");
        Assert.Equal("sample-f sample-g", await Page("otto", "?limit=2&after=sample-d"));
        Assert.Equal("sample-h sample-j", await Page("otto", "?limit=2&after=sample-g"));
        Assert.Equal("", await Page("otto", "?limit=2&after=sample-j"));
        Assert.Equal("sample-e sample-f", await Page("sue", "?limit=2&after=sample-d"));
        Assert.Equal("sample-a sample-b sample-d sample-f sample-g sample-h sample-j", await Page("otto", ""));
        (await As("otto").Get("/api/cases?limit=0")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");
        (await As("otto").Get("/api/cases?limit=-1")).ExpectProblem(HttpStatusCode.BadRequest, "unreadable");
    }

    private async Task<string> Page(string person, string query) =>
        string.Join(' ', (await As(person).Get($"/api/cases{query}")).Expect(HttpStatusCode.OK).Json.AsArray().Select(each => (string)each!["case"]!));
}
