using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Cases;

namespace CasePlanning.Application.Cases;

/// <summary>Loads a case, lets a use case decide, and saves what follows; decides again when somebody else saved in between.</summary>
public sealed class UnitOfWork(ICaseStore cases, ISignal signal, MailTexts mail)
{
    /// <summary>How often a unit is decided again before the store is taken for broken.</summary>
    private const int MostTries = 100;

    /// <summary>Changes a case the caller may see and, by <paramref name="may"/>, may change in this way.</summary>
    public Task<Result<T>> Change<T>(Caller caller, string caseId, Func<Caller, CaseFile, bool> may, Func<CaseWork, Task<Result<T>>> decide, CancellationToken ct)
        where T : notnull => Change(caller, caseId, Access.MaySee, may, decide, ct);

    /// <summary>Changes a case that exists for the caller, by <paramref name="knows"/>, and that the caller, by <paramref name="may"/>, may change in this way.</summary>
    public async Task<Result<T>> Change<T>(
        Caller caller, string caseId, Func<Caller, CaseFile, bool> knows, Func<Caller, CaseFile, bool> may, Func<CaseWork, Task<Result<T>>> decide, CancellationToken ct)
        where T : notnull
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var record = await cases.Find(caseId, ct);
            if (record is null || !knows(caller, record.File))
            {
                return new Refusal.NotFound($"Case {caseId}");
            }

            if (!may(caller, record.File))
            {
                return Access.WhyNot(may);
            }

            // Asked after the case was loaded: a reply kept later moves the case's version, and the save below fails.
            if (caller.ReplyKey is { } key && await cases.FindReply(key, caller.Now, ct) is not null)
            {
                return new Refusal.KeyReused();
            }

            var work = new CaseWork(record, record.File, caller.Directory, mail, caller.Person.Id, caller.Now);
            var decided = await decide(work);
            if (decided.Refusal is not null)
            {
                return decided;
            }

            switch (await Save(work, decided.Value, caller, ct))
            {
                case SaveOutcome.Saved:
                    return decided;
                case SaveOutcome.TooLarge:
                    return TooLarge(caseId);
            }
        }

        throw new InvalidOperationException($"Case {caseId} could not be saved in {MostTries} tries.");
    }

    public static Refusal.OverLimit TooLarge(string caseId) =>
        new(FormattableString.Invariant($"Case {caseId} would have to be saved with more than {CaseChange.MostBytes:N0} bytes or 100 rows at once, and no more can be. Nothing was saved; record less at once."));

    /// <summary>Saves a decided unit with its reply.</summary>
    public async Task<SaveOutcome> Save<T>(CaseWork work, T answer, Caller caller, CancellationToken ct) where T : notnull
    {
        if (work.IsUntouched && caller.KeepReply is null)
        {
            return SaveOutcome.Saved;
        }

        var (change, _) = work.Finish(caller.KeepReply?.Invoke(answer));
        var outcome = await cases.Save(change, ct);
        if (outcome != SaveOutcome.Saved)
        {
            return outcome;
        }

        foreach (var wake in change.Wakes.Where(wake => wake.Due is not null || work.Closes(wake.Subject)))
        {
            await signal.Nearer(wake.Subject, wake.Due ?? caller.Now, ct);
        }

        return SaveOutcome.Saved;
    }
}
