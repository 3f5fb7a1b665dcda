using System.Net;
using System.Text.RegularExpressions;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>As much of a browser as a person needs: cookies, pages and their forms. It follows no redirect by itself.</summary>
/// <param name="wire">How requests get to the site; over the network where none is given.</param>
internal sealed partial class Browser(Uri site, HttpMessageHandler? wire = null) : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client = new(wire ?? new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    public CookieCollection Cookies => _cookies.GetAllCookies();

    /// <summary>The last page.</summary>
    public string Page { get; private set; } = "";

    public HttpResponseMessage Response { get; private set; } = null!;

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

    /// <summary>Begins a sign-in and has the authority answer it; gives the address it sends the browser back to.</summary>
    public async Task<Uri> ThroughTheAuthority(TestAuthority authority, string subject, string returnTo)
    {
        authority.Subject = subject;
        Assert.Equal(302, await Get($"/signin?returnTo={Uri.EscapeDataString(returnTo)}"));
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await client.GetAsync(Response.Headers.Location);
        return answer.Headers.Location!;
    }

    public void Dispose() => _client.Dispose();

    private async Task<int> Send(HttpRequestMessage request)
    {
        var address = new Uri(site, request.RequestUri!);
        request.RequestUri = address;
        if (_cookies.GetCookieHeader(address) is { Length: > 0 } kept)
        {
            request.Headers.Add("Cookie", kept);
        }

        Response = await _client.SendAsync(request);
        foreach (var cookie in Response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            _cookies.SetCookies(address, cookie);
        }

        Page = await Response.Content.ReadAsStringAsync();
        return (int)Response.StatusCode;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}
