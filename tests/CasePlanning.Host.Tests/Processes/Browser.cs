using System.Net;
using System.Text.RegularExpressions;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>As much of a browser as a person needs: cookies, pages and their forms. It follows no redirect by itself.</summary>
internal sealed partial class Browser(Uri site) : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private HttpClient? _client;

    public CookieCollection Cookies => _cookies.GetAllCookies();

    /// <summary>The last page.</summary>
    public string Page { get; private set; } = "";

    public HttpResponseMessage Response { get; private set; } = null!;

    private HttpClient Client => _client ??= new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = site };

    public Task<int> Get(string address) => Send(new HttpRequestMessage(HttpMethod.Get, address));

    /// <summary>Sends a form of the page that is open, with its hidden token.</summary>
    public Task<int> Post(string address, params (string Name, string Value)[] fields) =>
        PostAs(Token().Matches(Page).Select(found => found.Groups["token"].Value).LastOrDefault(), address, fields);

    /// <summary>Sends a form with a token of the caller's choosing, or none.</summary>
    public Task<int> PostAs(string? token, string address, params (string Name, string Value)[] fields)
    {
        var all = fields.Select(field => KeyValuePair.Create(field.Name, field.Value));
        return Send(new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(token is null ? all : all.Append(KeyValuePair.Create("__RequestVerificationToken", token))),
        });
    }

    public async Task SignInAs(string person)
    {
        Assert.Equal(200, await Get("/signin"));
        Assert.Equal(302, await Post("/signin", ("person", person), ("returnTo", "/")));
    }

    public void Dispose() => _client?.Dispose();

    private async Task<int> Send(HttpRequestMessage request)
    {
        Response = await Client.SendAsync(request);
        Page = await Response.Content.ReadAsStringAsync();
        return (int)Response.StatusCode;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}
