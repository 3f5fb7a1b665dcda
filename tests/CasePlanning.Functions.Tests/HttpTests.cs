using System.Reflection;
using CasePlanning.Api;
using Microsoft.Azure.Functions.Worker;

namespace CasePlanning.Functions.Tests;

public sealed class HttpTests
{
    public static TheoryData<string> Triggers => [.. Names];

    private static IEnumerable<string> Names => Functions.All.Where(function => TriggerOf(function.Value) is not null).Select(function => function.Key);

    [Theory, MemberData(nameof(Triggers))]
    public void An_HTTP_function_has_the_name_route_and_method_of_its_operation(string name)
    {
        var trigger = TriggerOf(Functions.All[name])!;

        var operation = Assert.Single(Operations.All, operation => operation.Name == name);
        Assert.Equal(operation.Route, "/" + trigger.Route);
        Assert.Equal(operation.Method, Assert.Single(trigger.Methods!), ignoreCase: true);
    }

    [Theory, MemberData(nameof(Triggers))]
    public void The_operation_decides_who_may_call_and_no_key_of_the_platform_does(string name) =>
        Assert.Equal(AuthorizationLevel.Anonymous, TriggerOf(Functions.All[name])!.AuthLevel);

    [Fact]
    public void A_plan_can_be_read_and_submitted() => Assert.Equal(["getPlan", "submitPlan"], Names.Order(StringComparer.Ordinal));

    private static HttpTriggerAttribute? TriggerOf(MethodInfo function) =>
        function.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(trigger => trigger is not null);
}
