using CasePlanning.Application.Reading;

namespace CasePlanning.Api.Resources;

internal static class HandOverOperations
{
    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "Hand-over",
        Define.Read<CaseBrief>("getBrief", "/api/cases/{id}/brief", Policy.Everybody,
            "What somebody who takes the case over needs: open plans, days left on each clock, and what was promised next.",
            call => call.Get<HandOver>().Of(call.Caller, call.Route("id"), call.Aborted)),
        Define.Read<IReadOnlyList<CaseBrief>>("getHandOver", "/api/people/{id}/hand-over", Policy.Everybody,
            "A brief for each case that a person is the worker of, the most pressing first; for that person, those above them and administrators.",
            call => call.Get<HandOver>().OfPerson(call.Caller, call.Route("id"), call.Aborted)));
}
