using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CasePlanning.Api.Tests.World;

/// <summary>Somebody who sends requests.</summary>
public sealed class Client(HttpClient http, string? claims = null)
{
    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Answer> Delete(string path, string? key = null) => Send(HttpMethod.Delete, path, key: key);

    public Task<Answer> Post(string path, object? body = null, string? key = null) => Send(HttpMethod.Post, path, Json(body), key);

    public Task<Answer> Put(string path, object body, string? key = null, string? ifMatch = null) => Send(HttpMethod.Put, path, Json(body), key, ifMatch);

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content = null, string? key = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await Send(request);
    }

    public async Task<Answer> Send(HttpRequestMessage request, CancellationToken ct = default)
    {
        if (claims is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", claims);
        }

        using var response = await http.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        return new Answer(response.StatusCode, text, response.Headers, response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>A body as it is where it is text, else as JSON.</summary>
    public static HttpContent? Json(object? body) => body is null ? null
        : new StringContent(body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");
}

/// <summary>What came back.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, string? MediaType)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? ETag => Headers.ETag?.Tag;

    public bool WasReplayed => Headers.TryGetValues("Idempotency-Replayed", out var values) && values.Contains("true");

    public string Code => (string)Json["code"]!;

    public string? Location => Headers.Location?.ToString();

    /// <summary>The rules and fields of a problem's violations.</summary>
    public (string Rule, string? Field, string Message)[] Violations =>
        [.. Json["violations"]!.AsArray().Select(each => ((string)each!["rule"]!, (string?)each["field"], (string)each["message"]!))];

    /// <summary>Fails with the whole answer when the status is another one.</summary>
    public Answer Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"Expected {(int)status}, was {(int)Status}: {Text}");
        return this;
    }

    /// <summary>Fails unless it is a problem of this status and code, well formed.</summary>
    public Answer ExpectProblem(HttpStatusCode status, string code)
    {
        Expect(status);
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal(code, Code);
        Assert.Equal($"urn:case-planning:problem:{code}", (string)Json["type"]!);
        Assert.Equal((int)status, (int)Json["status"]!);
        Assert.False(string.IsNullOrWhiteSpace((string?)Json["title"]));
        Assert.False(string.IsNullOrWhiteSpace((string?)Json["detail"]));
        Assert.False(string.IsNullOrWhiteSpace((string?)Json["traceId"]));
        return this;
    }
}
