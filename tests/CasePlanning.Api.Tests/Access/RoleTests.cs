using System.Net;
using CasePlanning.Api.Tests.World;

namespace CasePlanning.Api.Tests.Access;

/// <summary>Every operation crossed with every role, each on a case in their own line, with a submitted plan.</summary>
public sealed class RoleTests(RoleTests.Shared world) : IClassFixture<RoleTests.Shared>
{
    private static readonly (char Role, string Person)[] People = [('W', "will"), ('S', "sue"), ('M', "max"), ('A', "ada"), ('O', "otto")];

    public static TheoryData<string> Names => [.. Operations.All.Select(operation => operation.Name)];

    [Fact]
    public void The_table_and_the_operations_name_the_same()
    {
        Assert.Equal(Operations.All.Select(operation => operation.Name).Order(StringComparer.Ordinal), OperationTable.Rows.Select(row => row.Operation).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task An_operation_is_open_to_the_roles_in_the_table_and_to_no_other(string operation)
    {
        var row = OperationTable.Rows.Single(each => each.Operation == operation);
        var number = row.Path.Contains("{case}") ? operation.ToLowerInvariant() : null;
        if (number is not null)
        {
            await world.SubmittedPlan(number);
        }

        foreach (var (role, person) in People)
        {
            var answer = await world.As(person).Send(OperationTable.Request(row, $"sample-{number}"));
            if (row.Allowed.Contains(role))
            {
                Assert.True(answer.Status is not (HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && (int)answer.Status < 500, $"{person} was refused {operation}: {answer.Text}");
            }
            else
            {
                Assert.True(answer.Status == HttpStatusCode.Forbidden, $"{person} was not refused {operation}: {(int)answer.Status} {answer.Text}");
                answer.ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public async Task An_operation_that_is_not_anonymous_asks_for_a_sign_in(string operation)
    {
        var row = OperationTable.Rows.Single(each => each.Operation == operation);

        var answer = await world.Anonymous.Send(OperationTable.Request(row, "sample-none"));

        if (IsAnonymous(operation))
        {
            answer.Expect(operation == "readCalendar" ? HttpStatusCode.NotFound : HttpStatusCode.OK);
        }
        else
        {
            answer.ExpectProblem(HttpStatusCode.Unauthorized, "not-signed-in");
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public async Task An_operation_is_closed_to_those_who_are_in_nobodys_table_or_have_left(string operation)
    {
        var row = OperationTable.Rows.Single(each => each.Operation == operation);
        if (IsAnonymous(operation))
        {
            return;
        }

        foreach (var person in new[] { "stranger", "gone" })
        {
            (await world.As(person).Send(OperationTable.Request(row, "sample-none"))).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    private static bool IsAnonymous(string operation) => operation is "isLive" or "isReady" or "getOpenApi" or "readCalendar";

    public sealed class Shared : ApiWorld;
}
