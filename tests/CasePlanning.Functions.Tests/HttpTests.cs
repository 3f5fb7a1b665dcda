using CasePlanning.Api;
using CasePlanning.Functions.Http;
using CasePlanning.Functions.Mail;

namespace CasePlanning.Functions.Tests;

/// <summary>The HTTP functions, as the platform reads them from the built output, beside the operations and pages.</summary>
public sealed class HttpTests
{
    [Fact]
    public void Every_operation_and_page_is_a_function_of_its_name_method_and_route_and_beside_them_only_SendGrid_calls() => Assert.Equal(
        Operations.All.Select(operation => $"{operation.Name}: {operation.Method} {operation.Route}")
            .Concat(Pages.All.Select(page => $"{page.Name}: {page.Method} {page.Route}")).Append($"{SendGridEvents.Name}: POST /hooks/sendgrid").Order(StringComparer.Ordinal),
        Functions.Triggers.Select(trigger => $"{trigger.Function}: {string.Join(' ', trigger.Methods).ToUpperInvariant()} {Address(trigger)}").Order(StringComparer.Ordinal));

    [Fact]
    public void The_operation_or_page_decides_who_may_call_and_no_key_of_the_platform_does() =>
        Assert.All(Functions.Triggers, trigger => Assert.Equal("Anonymous", trigger.AuthLevel));

    [Fact]
    public void The_platform_knows_that_each_writes_an_answer() => Assert.All(Functions.Triggers, trigger => Assert.True(trigger.Answers, trigger.Function));

    private static string Address(HttpTrigger trigger) => trigger.Route == PageFunctions.Root ? "/" : $"/{trigger.Route}";
}
