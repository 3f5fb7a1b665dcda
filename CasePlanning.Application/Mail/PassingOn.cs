using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.People;

namespace CasePlanning.Application.Mail;

/// <summary>Has what somebody can't be told, or may not, wait for whoever holds the role on its case now.</summary>
internal static class PassingOn
{
    public static IEnumerable<InboxItem> Of(InboxItem item, CaseFile file, AgencyDirectory directory, DateTimeOffset now) =>
        directory.Resolve(item.Role, file, directory.Calendar.DateAt(now)).Take(CaseChange.MostTold).Select(to => item with
        {
            Key = $"{item.Key[..item.Key.LastIndexOf('>')]}>{to.Person.Id}",
            Person = to.Person.Id,
            Role = to.Role,
            Because = to.Because,
            RaisedAt = now,
            NotBefore = directory.Calendar.NextMorning(now),
            MailedIn = null,
        });
}
