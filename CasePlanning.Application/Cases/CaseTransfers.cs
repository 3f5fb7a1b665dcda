using System.Globalization;
using System.Text.Json;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Application.Cases;

/// <summary>Where a case goes, and why.</summary>
public sealed record TransferRequest
{
    /// <summary>Id of the agency that receives the case.</summary>
    public required string Agency { get; init; }

    /// <summary>The unit of that agency which answers for the case until somebody is assigned; null where that isn't settled.</summary>
    public string? Unit { get; init; }

    public required string Reason { get; init; }
}

/// <summary>A case that went to another agency. It keeps its id and number.</summary>
public sealed record TransferredCase
{
    public required string Case { get; init; }

    public required string Number { get; init; }

    public required string Agency { get; init; }

    public string? Unit { get; init; }

    /// <summary>The first day in the receiving agency, in that agency's zone.</summary>
    public required DateOnly On { get; init; }
}

/// <summary>Transfers cases between agencies. A transfer takes effect at once and is undone by another one, back.</summary>
public sealed class CaseTransfers(UnitOfWork units, IDirectoryStore directories, MailTexts mail)
{
    public Task<Result<TransferredCase>> Transfer(Caller caller, string caseId, TransferRequest asked, CancellationToken ct) =>
        units.Change(caller, caseId, Access.MayKeep, async work =>
        {
            var receiving = asked.Agency == work.File.Agency ? null : await directories.Find(asked.Agency, ct);
            var violations = Transfers.Check(work.File, work.Views, asked.Agency, asked.Unit, asked.Reason, receiving);
            return violations.Count == 0 ? HandOver(work, receiving!, asked)
                : violations.All(violation => violation.Rule == "lifecycle") ? new Refusal.WrongStage("A closed case isn't transferred.", violations)
                : new Refusal.Invalid(violations);
        }, ct);

    private Result<TransferredCase> HandOver(CaseWork work, AgencyDirectory receiving, TransferRequest asked)
    {
        var (before, former, today) = (work.File, work.Directory.Agency, receiving.Calendar.DateAt(work.By.Now));
        var rules = work.Rules.Of(before);
        var transfer = new Transfer
        {
            Source = string.Create(CultureInfo.InvariantCulture, $"t{before.Of<Transfer>().Count() + 1}"),
            On = today,
            From = former.Id,
            To = receiving.Agency.Id,
            Reason = asked.Reason,
            RulesBefore = rules.Before(today),
            DaysOffBefore = [.. rules.Calendar.DaysOff.Between(before.Facts.Min(fact => fact.On), today.AddDays(-1))],
            RecordedAt = work.By.Now,
            RecordedOn = today,
            RecordedBy = work.By.Person,
        };
        work.HandOver(Transfers.Apply(before, transfer, asked.Unit, receiving), receiving);
        work.Log("transferred", $"The case was transferred from {former.Name} to {receiving.Agency.Name}. Its assignments ended.", reason: asked.Reason, before: Said(before));
        Tell(work, transfer);
        return new TransferredCase { Case = before.Id, Number = before.Number, Agency = transfer.To, Unit = asked.Unit, On = today };
    }

    /// <summary>Whoever answers for the case learns of it at once, and of every decision that waits in it.</summary>
    private void Tell(CaseWork work, Transfer transfer)
    {
        foreach (var recipient in work.Recipients(Role.Supervisor))
        {
            work.Send(mail.Transferred(recipient, work.File, transfer));
            foreach (var plan in work.Plans)
            {
                if (plan.InPreparation is { OpenRequest: { } request } version)
                {
                    work.Send(mail.ApprovalRequest(recipient, work.File, plan, version, work.Directory.DecideBy(request), work.By.Now));
                }
            }
        }
    }

    /// <summary>What the transfer changes, as it was.</summary>
    private static string Said(CaseFile file) =>
        JsonSerializer.Serialize(new { file.Agency, file.Unit, file.SealedTo, Assignments = file.Of<Assignment>() }, ApplicationJson.Options);
}
