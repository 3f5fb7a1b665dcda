using CasePlanning.Api.Pipeline;
using CasePlanning.Application.People;
using CasePlanning.Domain;
using CasePlanning.Domain.People;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Resources;

internal static class PreferenceOperations
{
    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "Preferences",
        Define.Read<MailPreferences>("getMyPreferences", "/api/me/preferences", Policy.Everybody, "How the caller wants their mail.",
            call => Define.Answer(call.Caller.Person.Mail)),
        Define.Write<MailPreferences, MailPreferences>("changeMyPreferences", HttpMethods.Put, "/api/me/preferences", Policy.Everybody,
            "Changes when the caller's digests come and how far ahead they look. What a rule pack marks as mandatory and immediate mail come all the same.",
            Change).Repeatable());

    private static async Task<Result<MailPreferences>> Change(Call call, MailPreferences mail)
    {
        var saved = await call.Get<Administration>().PutPreferences(call.Caller, mail, call.Aborted);
        return saved.Refusal is { } refusal ? refusal : saved.Value.Mail;
    }
}
