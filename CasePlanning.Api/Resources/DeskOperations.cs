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
    private static readonly QueryParameter[] Window =
    [
        new("from", typeof(DateOnly), "Earliest due date, in the agency's zone; today where it is left out.", IsChecked: true),
        new("until", typeof(DateOnly), "Latest due date; 30 days from today where it is left out.", IsChecked: true),
        new("overdue", typeof(bool), "false leaves out what is overdue, which is otherwise in it whatever the dates."),
        new("forecast", typeof(bool), "true adds what will follow if each duty is done on its due date, up to 366 days ahead; such entries are marked."),
        new("rule", typeof(string), "Only duties of this rule, by id.", IsChecked: true),
        new("status", typeof(DeadlineStatus), "Only duties of this status."),
    ];

    private static readonly QueryParameter[] OnTime =
    [
        new("from", typeof(DateOnly), "Earliest due date, in the agency's zone; three months before the latest where it is left out.", IsChecked: true),
        new("to", typeof(DateOnly), "Latest due date; yesterday at the latest, because what is due today isn't judged yet.", IsChecked: true),
        new("by", typeof(OnTimeBy), "What to group by; rule where it is left out. By worker, duties that aren't the worker's own are left out."),
    ];

    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "Desk",
        Define.Read<Me>("getMe", "/api/me", Policy.Everybody, "Who the caller is, in which agency and roles, and the agency's date.",
            call => Define.Answer(Me.Of(call.Caller.Person, call.Caller.Directory.Agency, call.Caller.Today))),
        Define.Read<Desk>("getMyAgenda", "/api/me/agenda", Policy.Everybody,
            "What is due on the cases assigned to the caller or covered by them, by when it asks for work; duties that one act meets on one day are one entry.",
            call => call.Get<DeskReading>().Mine(call.Caller, QuestionOf(call), call.Aborted), query: Window).AlsoAsCsv<Desk, DeskRow>("agenda", DeskRow.Of),
        Define.Read<Desk>("getTeamAgenda", "/api/team/agenda", Policy.Everybody,
            "What is due in the units the caller supervises or manages, in the same order; empty for somebody who leads none.",
            call => call.Get<DeskReading>().Team(call.Caller, QuestionOf(call) with { Unit = call.Query("unit"), Worker = call.Query("worker") }, call.Aborted),
            query:
            [
                .. Window,
                new("unit", typeof(string), "Only cases this unit answers for, by id.", IsChecked: true),
                new("worker", typeof(string), "Only cases of this worker, by id; unassigned for those without one.", IsChecked: true),
            ]).AlsoAsCsv<Desk, DeskRow>("team-agenda", DeskRow.Of),
        Define.Read<Workload>("getTeamForecast", "/api/team/forecast", Policy.Everybody,
            "What each worker of the units the caller leads holds, and how many duties will fall due week by week if each is done on its due date; with absences.",
            call => call.Get<WorkloadReading>().Team(call.Caller, call.Query<int>("weeks") ?? WorkloadReading.DefaultWeeks, call.Aborted),
            query: new QueryParameter("weeks", typeof(int), "How many calendar weeks, this one included; 1 to 26, and 13 where it is left out.", IsChecked: true)).AlsoAsCsv<Workload, WorkloadRow>("team-forecast", WorkloadRow.Of),
        Define.Read<OnTimeReport>("getTeamOnTime", "/api/team/on-time", Policy.Everybody,
            "How many of the duties that fell due in the units the caller leads were done on time, with every late one; worker and unit are those of the due date.",
            call => call.Get<OnTimeReading>().Team(call.Caller, OnTimeOf(call), call.Aborted), query: OnTime).AlsoAsCsv<OnTimeReport, OnTimeGroup>("on-time", report => report.Groups),
        Define.Read<IReadOnlyList<LateWork>>("listTeamLateWork", "/api/team/on-time/late", Policy.Everybody,
            "The duties of the units the caller leads that were done late, missed or are overdue, by due date.",
            async call => (await call.Get<OnTimeReading>().Team(call.Caller, OnTimeOf(call), call.Aborted)).Then<IReadOnlyList<LateWork>>(report => Define.Ok(report.Late)), query: OnTime[..2])
            .AlsoAsCsv<IReadOnlyList<LateWork>, LateWork>("late-work", late => late));

    private static OnTimeQuestion OnTimeOf(Call call) => new(call.Query<DateOnly>("from"), call.Query<DateOnly>("to"), call.Query<OnTimeBy>("by") ?? OnTimeBy.Rule);

    private static DeskQuestion QuestionOf(Call call) => new()
    {
        From = call.Query<DateOnly>("from"),
        Until = call.Query<DateOnly>("until"),
        Overdue = call.Query<bool>("overdue") ?? true,
        Forecast = call.Query<bool>("forecast") ?? false,
        Rule = call.Query("rule"),
        Status = call.Query<DeadlineStatus>("status"),
    };
}
