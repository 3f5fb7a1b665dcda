using CasePlanning.Api.Pipeline;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Api.Resources;

/// <summary>Who the caller is, and the agency's date.</summary>
public sealed record Me
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public string? Unit { get; init; }

    public required IReadOnlyList<Role> Roles { get; init; }

    public required string Agency { get; init; }

    public required string AgencyName { get; init; }

    /// <summary>IANA time zone of the agency's dates.</summary>
    public required string Zone { get; init; }

    public required DateOnly Today { get; init; }

    internal static Me Of(Person person, Agency agency, DateOnly today) => new()
    {
        Id = person.Id,
        Name = person.Name,
        Email = person.Email,
        Unit = person.Unit,
        Roles = person.Roles,
        Agency = agency.Id,
        AgencyName = agency.Name,
        Zone = agency.Zone,
        Today = today,
    };
}

internal static class DeskOperations
{
    private const int DaysAhead = 30;

    private static readonly QueryParameter Until = new("until", typeof(DateOnly), "Latest due date, in the agency's zone; 30 days from today where it is left out.");

    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "Desk",
        Define.Read<Me>("getMe", "/api/me", Policy.Everybody, "Who the caller is, in which agency and roles, and the agency's date.",
            call => Define.Answer(Me.Of(call.Caller.Person, call.Caller.Directory.Agency, call.Caller.Today))),
        Define.Read<IReadOnlyList<AgendaItem>>("getMyAgenda", "/api/me/agenda", Policy.Everybody,
            "What is due on the cases assigned to the caller or covered by them; overdue duties are always in it.",
            async call => Define.Ok(await call.Get<TeamReading>().Mine(call.Caller, UntilOf(call), call.Aborted)), query: Until),
        Define.Read<IReadOnlyList<AgendaItem>>("getTeamAgenda", "/api/team/agenda", Policy.Everybody,
            "What is due in the units the caller supervises or manages; empty for somebody who leads none.",
            async call => Define.Ok(await call.Get<TeamReading>().Team(call.Caller, UntilOf(call), call.Aborted)), query: Until));

    private static DateOnly UntilOf(Call call) => call.Query<DateOnly>("until") ?? call.Caller.Today.AddDays(DaysAhead);
}
