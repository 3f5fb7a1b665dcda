using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Functions.Http;
using CasePlanning.Api.Settings;
using CasePlanning.Functions.Settings;
using CasePlanning.Host.Tests.Processes;
using CasePlanning.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Tokens;
using Moq;

namespace CasePlanning.Functions.Tests;

/// <summary>Who is asking, by a token of an authority on this machine or by what the platform says.</summary>
public sealed class IdentityTests
{
    private const string Subject = "subject-of-the-worker";
    private static readonly string[] Platform =
        [.. ShellTests.TryingOut, "--Identity:Authority=", $"--{ShellSettings.PlatformSignsIn}=True"];

    [Fact]
    public async Task A_token_of_the_authority_opens_the_API()
    {
        await using var authority = await TestAuthority.Start();
        using var host = await Trusting(authority);

        Assert.Equal(200, await Me(host, authority.AccessToken(Subject)));
        Assert.Equal(403, await Me(host, authority.AccessToken("a-stranger")));
    }

    [Fact]
    public async Task A_token_that_proves_nothing_is_nobodys()
    {
        await using var authority = await TestAuthority.Start();
        using var host = await Trusting(authority);
        (string What, string Token)[] tokens =
        [
            ("expired", authority.AccessToken(Subject, minutes: -10)),
            ("for somebody else", authority.AccessToken(Subject, audience: "another-api")),
            ("from somebody else", authority.AccessToken(Subject, issuer: "https://elsewhere.test")),
            ("signed with another key", authority.AccessToken(Subject, key: new RsaSecurityKey(RSA.Create(2048)) { KeyId = "k1" })),
            ("tampered with", authority.AccessToken(Subject)[..^6] + "AAAAAA"),
            ("that is none", "sample-worker"),
        ];

        foreach (var (what, token) in tokens)
        {
            Assert.True(await Me(host, token) == 401, $"A token {what} was accepted.");
        }
    }

    [Fact]
    public async Task Where_tokens_are_checked_here_the_platforms_header_proves_nothing()
    {
        await using var authority = await TestAuthority.Start();
        using var host = await Trusting(authority);

        Assert.Equal(401, await Me(host, "any", Principal("aad")));
    }

    [Fact]
    public void Nobody_starts_believing_the_platform_while_its_authentication_is_off()
    {
        var refusal = Assert.Throws<SettingsException>(() => Shell.Build([.. Platform, $"--{ShellSettings.PlatformSignsIn}=False"]));

        Assert.StartsWith("Identity:Authority is missing", Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_the_platform_has_signed_in_by_a_token_is_believed()
    {
        using var host = await Peopled(Platform);

        Assert.Equal(200, await Me(host, "checked-by-the-platform", Principal("aad")));
        Assert.Equal(401, await Me(host, "checked-by-the-platform"));
    }

    [Fact]
    public async Task Whom_the_platform_has_signed_in_by_a_cookie_is_not()
    {
        using var host = await Peopled(Platform);

        Assert.Equal(401, await Me(host, token: null, Principal("aad")));
    }

    [Theory]
    [InlineData("not base64")]
    [InlineData("bm90IGpzb24=")]
    [InlineData("bnVsbA==")]
    [InlineData("eyJhdXRoX3R5cCI6ImFhZCIsImNsYWltcyI6W3sidHlwIjpudWxsfV19")]
    public async Task A_header_that_cant_be_read_is_nobodys(string header)
    {
        using var host = await Peopled(Platform);

        Assert.Equal(401, await Me(host, "any", header));
    }

    [Fact]
    public async Task Another_provider_of_the_platforms_signs_nobody_in()
    {
        using var host = await Peopled(Platform);

        Assert.Equal(401, await Me(host, "any", Principal("facebook")));
    }

    private static Task<IHost> Trusting(TestAuthority authority) =>
        Peopled([.. ShellTests.TryingOut, $"--Identity:Authority={authority.Issuer}", $"--Identity:Audience={TestAuthority.Audience}"]);

    private static async Task<IHost> Peopled(string[] settings)
    {
        var host = Shell.Build(settings);
        var directory = host.Services.GetRequiredService<IStores>().Directory;
        await directory.Save(new Agency { Id = "county", Name = "County", Zone = "Etc/UTC" }, default);
        await directory.Save(new Person { Id = "worker", Agency = "county", Name = "Worker", Email = "worker@example.org", Subject = Subject, Roles = [Role.Worker] }, default);
        return host;
    }

    /// <summary>What the platform sends with a request; the claim's type is the one it gives a token's subject.</summary>
    private static string Principal(string provider) => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize(new { auth_typ = provider, claims = new[] { new { typ = ClaimTypes.NameIdentifier, val = Subject } } })));

    private static async Task<int> Me(IHost host, string? token, string? principal = null)
    {
        await using var invocation = host.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = invocation.ServiceProvider };
        (context.Request.Method, context.Request.Path) = ("GET", "/api/me");
        context.Request.Headers.Authorization = token is null ? default : $"Bearer {token}";
        context.Request.Headers["X-MS-CLIENT-PRINCIPAL"] = principal;
        context.Response.Body = new MemoryStream();
        var function = Mock.Of<FunctionContext>(each => each.FunctionDefinition == Mock.Of<FunctionDefinition>(definition => definition.Name == "getMe"));
        await new DeskFunctions(host.Services.GetRequiredService<Bound>()).GetMe(context.Request, function, client: null!);
        return context.Response.StatusCode;
    }
}
