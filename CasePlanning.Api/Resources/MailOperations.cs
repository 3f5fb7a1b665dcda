using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Resources;

internal static class MailOperations
{
    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "Mail",
        Define.Read<IReadOnlyList<MailTrace>>("listMail", "/api/mail", Policy.Administer, "The agency's mail without its text, newest first.",
            call => call.Get<TeamReading>().Mail(call.Caller, call.Query<MessageState>("state"), call.Aborted),
            query: new QueryParameter("state", typeof(MessageState), "Only mail in this state.")),
        Define.Plain<MailTrace>("releaseMail", HttpMethods.Post, "/api/mail/{id}/release", Policy.Administer, "Has a dead letter tried again.",
            call => call.Get<TeamReading>().Release(call.Caller, call.Route("id"), call.Aborted)).Repeatable());
}
