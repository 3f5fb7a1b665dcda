using System.Text.Json;
using CasePlanning.Application.Mail;
using CasePlanning.Domain;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Application.Cases;

/// <summary>Whom a case is to be open to, and why.</summary>
public sealed record SealingRequest
{
    /// <summary>Ids of the only people who may see the case; null to unseal it.</summary>
    public required IReadOnlyList<string>? OpenTo { get; init; }

    public required string Reason { get; init; }
}

/// <summary>Whom a sealed case that nobody can decide on is to be open to, and why.</summary>
public sealed record RecoveryRequest
{
    /// <summary>Ids of the only people who may see the case.</summary>
    public required IReadOnlyList<string> OpenTo { get; init; }

    public required string Reason { get; init; }
}

/// <summary>Whom a case is open to.</summary>
public sealed record CaseSealing
{
    public required string Case { get; init; }

    /// <summary>Ids of the only people who may see the case; null when it isn't sealed.</summary>
    public IReadOnlyList<string>? OpenTo { get; init; }

    /// <summary>The case's revision.</summary>
    public required int Revision { get; init; }
}

/// <summary>Seals and unseals cases. Somebody who can decide on a case is always left who sees it.</summary>
public sealed class Sealing(UnitOfWork units, MailTexts mail)
{
    /// <summary>Changes whom a case is open to.</summary>
    /// <param name="readRevision">The case's revision the change was made from.</param>
    public Task<Result<CaseSealing>> Change(Caller caller, string caseId, SealingRequest asked, int readRevision, CancellationToken ct) =>
        units.Change(caller, caseId, Access.MayKeep, work => Task.FromResult(work.File.Revision == readRevision
            ? Seal(work, asked.OpenTo, asked.Reason, asked.OpenTo is null ? "The case was unsealed." : $"The case was sealed to {Named(asked.OpenTo)}.")
            : new Refusal.Stale($"Case {caseId}")), ct);

    /// <summary>
    /// Opens a sealed case to other people where nobody it is open to can decide on it any more. An administrator's to do, who otherwise doesn't
    /// learn that the case exists.
    /// </summary>
    public Task<Result<CaseSealing>> Recover(Caller caller, string caseId, RecoveryRequest asked, CancellationToken ct) =>
        units.Change(caller, caseId, MayTry, MayTry, work => Task.FromResult(Access.MayRecover(caller, work.File)
            ? Seal(work, asked.OpenTo, asked.Reason, $"The sealed case, on which nobody it was open to could decide, was opened to {Named(asked.OpenTo)}.")
            : new Refusal.WrongStage("Only a sealed case is recovered, and only when nobody it is open to can decide on it.", [])), ct);

    private static bool MayTry(Caller caller, CaseFile file) => Access.MaySee(caller, file) || Access.MayRecover(caller, file);

    private Result<CaseSealing> Seal(CaseWork work, IReadOnlyList<string>? openTo, string reason, string what)
    {
        var before = work.File;
        var after = before with { SealedTo = openTo?.Distinct(StringComparer.Ordinal).ToArray(), Revision = before.Revision + 1 };
        Violation[] violations =
        [
            .. Need(openTo is not { Count: 0 }, "A sealed case is open to somebody; name who, or unseal it.", "openTo"),
            .. (openTo ?? []).Where(person => work.Directory.Person(person) is not { Active: true }).SelectMany(person => Need(false, $"There is no person '{person}' in this agency.", "openTo")),
            .. Need(openTo is null or { Count: 0 } || work.Directory.Keepers(after, work.By.Today).Any(), "Nobody who can decide on the case would see it; name its supervisor, its manager or an administrator.", "openTo"),
            .. Need(!string.IsNullOrWhiteSpace(reason), "Give the reason.", "reason"),
            .. Need(reason.Length <= FactValidator.LongestText, FormattableString.Invariant($"A text takes at most {FactValidator.LongestText} characters."), "reason"),
        ];
        if (violations.Length > 0)
        {
            return new Refusal.Invalid(violations);
        }

        work.Put(after);
        Ask(work, before);
        work.Log(openTo is null ? "unsealed" : "sealed", what, reason: reason, before: before.SealedTo is null ? null : JsonSerializer.Serialize(before.SealedTo, ApplicationJson.Options));
        return new CaseSealing { Case = after.Id, OpenTo = after.SealedTo, Revision = after.Revision };
    }

    /// <summary>A decision that waits is asked of whoever it falls to from now on.</summary>
    private void Ask(CaseWork work, CaseFile before)
    {
        foreach (var plan in work.Plans)
        {
            if (plan.InPreparation is { OpenRequest: { } request } version)
            {
                var barred = work.Directory.BarredFrom(request);
                var asked = work.Directory.Resolve(Role.Supervisor, before, work.By.Today, barred).Select(each => each.Person.Id).ToHashSet(StringComparer.Ordinal);
                foreach (var recipient in work.Recipients(Role.Supervisor, barred).Where(each => !asked.Contains(each.Person.Id)))
                {
                    work.Send(mail.ApprovalRequest(recipient, work.File, plan, version, work.Directory.DecideBy(request), work.By.Now));
                }
            }
        }
    }

    private static string Named(IEnumerable<string> people) => string.Join(", ", people.Distinct(StringComparer.Ordinal));

    private static Violation[] Need(bool holds, string message, string field) => holds ? [] : [new Violation("sealing", message, field)];
}
