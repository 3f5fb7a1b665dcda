using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Site;

/// <summary>The agency's dead letters, for administrators: where the mail that tells them of one leads.</summary>
internal sealed class MailPage(Visitor visitors, TeamReading team)
{
    public const string Path = "/mail";

    public async Task<IResult> Show(HttpContext context)
    {
        if (!Visitor.IsSignedIn(context))
        {
            return Results.Redirect($"/signin?returnTo={Path}");
        }

        if (await visitors.Of(context) is not { } caller)
        {
            return ShortPages.UnknownPerson();
        }

        var found = await team.Mail(caller, MessageState.Dead, context.RequestAborted);
        return found.Refusal is { } refusal
            ? new PageAnswer(new("This is not for you to see"), Html.Of($"<p>{refusal.Title}</p>"), StatusCodes.Status403Forbidden, caller.Person.Name)
            : new PageAnswer(new("Mail that could not be delivered"), Html.Of($"""
                {(found.Value.Count == 0 ? Html.Of($"<p>There is none.</p>") : PlanMarkup.List(found.Value.Select(mail => Html.Of($"{Html.Day(caller.Directory.Calendar.DateAt(mail.StoredAt))}, to {Visitor.NameOf(caller, mail.Person)} ({mail.Address}): <strong>{mail.Subject}</strong>. {mail.LastError}"))))}
                <p>Correct the address, or record an absence with a cover, and release the message, or everything to one person.</p>
                """), signedInAs: caller.Person.Name);
    }
}
