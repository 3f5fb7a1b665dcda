using System.Globalization;
using System.Text;
using CasePlanning.Api;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Functions.Http;
using CasePlanning.Functions.Loops;
using CasePlanning.Functions.Tests.Mail;
using CasePlanning.Host.Tests.Processes;
using CasePlanning.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moq;

namespace CasePlanning.Functions.Tests;

/// <summary>Operations as functions run them, in the process as it is built for the platform.</summary>
public sealed class InvocationTests : IAsyncLifetime
{
    private readonly ScriptedTicks _ticks = new(_ => ScriptedTicks.Ended);
    private TestAuthority _authority = null!;
    private IHost _host = null!;
    private Engine _engine = null!;

    public async Task InitializeAsync()
    {
        _authority = await TestAuthority.Start();
        _host = Shell.Build([.. ShellTests.TryingOut, $"--Identity:Authority={_authority.Issuer}"]);
        _engine = await Engine.Start(_ticks.Tick);
        var directory = _host.Services.GetRequiredService<IStores>().Directory;
        await directory.Save(new Agency { Id = "county", Name = "County", Zone = "Etc/UTC" }, default);
        await directory.Save(Worker, default);
    }

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        _host.Dispose();
        await _authority.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_user_every_operation_answers_to_sign_in_but_those_open_to_anybody()
    {
        var answered = new List<string>();
        foreach (var operation in Operations.All)
        {
            if ((await Run(operation, signedIn: false)).Status != StatusCodes.Status401Unauthorized)
            {
                answered.Add(operation.Name);
            }
        }

        Assert.Equal(Operations.All.Where(operation => operation.Policy == Policy.Anonymous).Select(operation => operation.Name), answered);
    }

    [Theory]
    [InlineData(Role.Worker)]
    [InlineData(Role.Supervisor)]
    [InlineData(Role.Manager)]
    [InlineData(Role.Administrator)]
    [InlineData(Role.Auditor)]
    public async Task An_operation_is_open_to_the_roles_of_its_policy_and_to_no_other(Role role)
    {
        await _host.Services.GetRequiredService<IStores>().Directory.Save(Worker with { Revision = 2, Roles = [role] }, default);
        var refused = new List<string>();
        foreach (var operation in Operations.All)
        {
            var (status, answer) = await Run(operation, signedIn: true);
            if (status == StatusCodes.Status403Forbidden && answer.Contains(operation.Policy.Sentence, StringComparison.Ordinal))
            {
                refused.Add(operation.Name);
            }
        }

        Assert.Equal(Operations.All.Where(operation => operation.Policy != Policy.Anonymous && !operation.Policy.Roles.Contains(role)).Select(operation => operation.Name), refused);
    }

    [Fact]
    public async Task A_save_starts_the_loops_of_what_it_stored_through_the_client_the_function_was_bound_to()
    {
        await _host.Services.GetRequiredService<IStores>().Outbox.Add(Samples.Message, default);
        var today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var opening = Request("POST", "/api/cases", signedIn: true, $$"""
            {"number":"1","openedOn":"{{today}}","facts":[
                {"fact":"participant","source":"child","on":"{{today}}","name":"Child","role":"focus-child"},
                {"fact":"assignment","source":"first","on":"{{today}}","person":"worker"}]}
            """);

        await new CaseFunctions(Bound).OpenCase(opening.Request, Function("openCase"), _engine.Client);

        Assert.Equal(StatusCodes.Status201Created, opening.Response.StatusCode);
        Assert.Equal(nameof(PlanLifecycle), (await _engine.Completion("plan:county-1.home")).Name);
        Assert.Equal(nameof(DispatchMail), (await _engine.Completion(DispatchMail.SubjectOf(Samples.MessageId))).Name);

        var reading = Request("GET", "/api/plans/county-1.home", signedIn: true);
        await new PlanFunctions(Bound).GetPlan(reading.Request, Function("getPlan"), _engine.Client);
        Assert.Equal(StatusCodes.Status200OK, reading.Response.StatusCode);

        var submission = Request("POST", "/api/plans/county-1.home/submission", signedIn: true, "{}");
        await new ApprovalFunctions(Bound).SubmitPlan(submission.Request, Function("submitPlan"), _engine.Client);
        Assert.Equal(StatusCodes.Status409Conflict, submission.Response.StatusCode);
    }

    private static Person Worker { get; } = new() { Id = "worker", Agency = "county", Name = "Worker", Email = "worker@example.org", Roles = [Role.Worker] };

    private Bound Bound => _host.Services.GetRequiredService<Bound>();

    private static FunctionContext Function(string name) => Mock.Of<FunctionContext>(context => context.FunctionDefinition == Mock.Of<FunctionDefinition>(function => function.Name == name));

    /// <summary>Invokes an operation's function on what doesn't exist, with an empty body.</summary>
    private async Task<(int Status, string Answer)> Run(Operation operation, bool signedIn)
    {
        var path = operation.Route.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
        var context = Request(operation.Method, path, signedIn, "{}");
        foreach (var parameter in RoutePatternFactory.Parse(operation.Route).Parameters)
        {
            context.Request.RouteValues[parameter.Name] = "none";
        }

        var function = Functions.All[operation.Name];
        await (Task<IResult>)function.Invoke(ActivatorUtilities.CreateInstance(_host.Services, function.DeclaringType!), [context.Request, Function(operation.Name), _engine.Client])!;
        return (context.Response.StatusCode, Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()));
    }

    private DefaultHttpContext Request(string method, string path, bool signedIn, string body = "")
    {
        var context = new DefaultHttpContext { RequestServices = _host.Services.CreateScope().ServiceProvider };
        (context.Request.Method, context.Request.Path, context.Request.ContentType) = (method, path, "application/json");
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Response.Body = new MemoryStream();
        if (signedIn)
        {
            context.Request.Headers.Authorization = $"Bearer {_authority.AccessToken("subject-of-the-worker", "worker@example.org")}";
        }

        return context;
    }
}
