using System.Text.RegularExpressions;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Json;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Host.Simulation;

/// <summary>Checks that cases and actions speak of people, cases, children and plans the file knows, and that nothing comes before its case.</summary>
internal sealed partial class CaseReferences(ScenarioParts file, AgencyDirectory directory)
{
    private readonly List<FileViolation> _found = [];
    private readonly ILookup<string?, Part<ScenarioAction>> _actions = file.Actions.ToLookup(action => action.Text("case") ?? OnlyCase(file));

    public IReadOnlyList<FileViolation> Check()
    {
        _found.AddRange(ScenarioReferences.Twice(file.Cases.Select(each => (each.Case.Path, each.Number)), "number"));
        foreach (var each in file.Cases)
        {
            CaseHead(each);
            Facts(each);
        }

        foreach (var action in file.Actions.Where(action => action.Value is not null))
        {
            Action(action.Path, action.Value!);
        }

        return _found;
    }

    private void CaseHead(CaseParts each)
    {
        if (each.Case.Value is not { } head)
        {
            return;
        }

        Need(NumberPattern().IsMatch(head.Number), $"{each.Case.Path}.number", "A case number takes 1 to 40 letters, digits or hyphens.");
        Need(directory.Unit(head.Unit) is not null, $"{each.Case.Path}.unit", $"There is no unit '{head.Unit}' in this file.");
        Person(head.OpenedBy, $"{each.Case.Path}.openedBy");
        foreach (var (person, index) in (head.SealedTo ?? []).Select((person, index) => (person, index)))
        {
            Person(person, $"{each.Case.Path}.sealedTo[{index}]");
        }
    }

    private void Facts(CaseParts each)
    {
        var known = Knowing(each);
        _found.AddRange(ScenarioReferences.Twice(each.Facts.Select(fact => (fact.Path, fact.Value?.Key)), "source"));
        foreach (var fact in each.Facts.Where(fact => fact.Value is not null))
        {
            Fact(fact.Path, fact.Value!, known);
            Person(fact.Value!.RecordedBy is "" ? null : fact.Value.RecordedBy, $"{fact.Path}.recordedBy");
        }
    }

    private void Fact(string path, Fact fact, CaseFile known)
    {
        Need(fact is not (Opening or PlanReview or PlanClosing or PlanReopening or Excusal), $"{path}.fact", fact is Opening
            ? "A case is opened by its openedOn."
            : $"A fact of the kind '{fact.Kind}' is an action: review, close, reopen or excuse.");
        Content(path, fact, known);
    }

    /// <summary>What the domain itself says of a fact, its being in the future left out.</summary>
    private void Content(string path, Fact fact, CaseFile known)
    {
        _found.AddRange(FactValidator.Check(known, fact, DateOnly.MaxValue).Select(violation => new FileViolation($"{path}.{violation.Field}", violation.Message)));
        Person((fact as Assignment)?.Person, $"{path}.person");
    }

    private void Action(string path, ScenarioAction action)
    {
        Person(action.By, $"{path}.by");
        if (action is CaseAction onCase)
        {
            OnCase(path, onCase);
        }

        if (action is RecordAbsence absence)
        {
            Person(absence.Person, $"{path}.person");
            Person(absence.Cover, $"{path}.cover");
            Need(absence.To >= absence.From, $"{path}.to", "An absence can't end before it begins.");
        }
    }

    private void OnCase(string path, CaseAction action)
    {
        if (action.Case is null && file.Cases.Count != 1)
        {
            _found.Add(new($"{path}.case", "is missing. Say which case; the file has several."));
            return;
        }

        if (file.Cases.FirstOrDefault(each => each.Number == (action.Case ?? OnlyCase(file))) is not { } on)
        {
            Need(action.Case is null, $"{path}.case", $"There is no case '{action.Case}' in this file.");
            return;
        }

        Need(on.Case.Value is not { } head || action.At >= OpenedAt(head), $"{path}.at", "lies before the case is opened.");
        var known = Knowing(on);
        if (action is PlanAction { Plan: Setting.OutOfHome })
        {
            Need(EverAway(on), $"{path}.plan", $"No child of case {on.Number} is ever placed out of home in this file, so it has no such plan.");
        }

        Details(path, action, known);
    }

    private void Details(string path, CaseAction action, CaseFile known)
    {
        switch (action)
        {
            case RecordFact record when action.Expect is not { Rules.Count: > 0 }:
                Fact($"{path}.fact", record.Fact, known);
                Need(record.Fact.RecordedAt == default, $"{path}.fact.recordedAt", "isn't for an action; its own time says when the fact is recorded.");
                break;
            case CorrectFact correct when action.Expect is not { Rules.Count: > 0 }:
                Content($"{path}.fact", correct.Fact, known);
                break;
            case AssignWorker assign:
                Person(assign.Worker, $"{path}.worker");
                break;
            case CreateVersion create:
                Participants($"{path}.focusChildren", create.FocusChildren, known);
                Participants($"{path}.participants", create.Participants, known);
                break;
            case SaveDraft save:
                Participants($"{path}.focusChildren", save.FocusChildren, known);
                Participants($"{path}.participants", save.Participants, known);
                break;
            case Excuse excuse:
                Participants($"{path}.child", excuse.Child is null ? null : [excuse.Child], known);
                Need(RuleBook.For(directory.Agency).On(DateOnly.MaxValue).Rules.Any(rule => rule.Id == excuse.Rule), $"{path}.rule", $"There is no rule '{excuse.Rule}' in the agency's packs.");
                break;
            default:
                break;
        }
    }

    /// <summary>The moment a case's opening is recorded, in local time.</summary>
    internal static DateTime OpenedAt(ScenarioCase head) => head.RecordedAt ?? head.OpenedOn.ToDateTime(ScenarioJson.OfficeOpens);

    private void Participants(string path, IReadOnlyList<string>? ids, CaseFile known) =>
        _found.AddRange((ids ?? []).Where(id => known.Find<Participant>(id) is null).Select(id => new FileViolation(path, $"There is no participant '{id}' on case {known.Number} in this file.")));

    /// <summary>The case as it would be with every participant the file ever records.</summary>
    private CaseFile Knowing(CaseParts each) => new()
    {
        Id = "unknown",
        Agency = directory.Agency.Id,
        Number = each.Number ?? "",
        Facts = [.. EveryFact(each).OfType<Participant>().DistinctBy(participant => participant.Source)],
    };

    private bool EverAway(CaseParts each) => EveryFact(each).OfType<Placement>().Any(placement => placement.Setting != PlacementSetting.Home)
        || each.Facts.Any(fact => fact.Value is null);

    private IEnumerable<Fact> EveryFact(CaseParts each) => each.Facts.Select(fact => fact.Value ?? StandIn(fact)).OfType<Fact>()
        .Concat(_actions[each.Number].Select(action => action.Value switch
        {
            RecordFact record => record.Fact,
            CorrectFact correct => correct.Fact,
            _ => null,
        }).OfType<Fact>());

    /// <summary>A participant that can't be read, so that what refers to it isn't reported too.</summary>
    private static Participant? StandIn(Part<Fact> fact) => fact.Text("fact") == "participant" && fact.Text("source") is { } source
        ? new Participant { Source = source, On = DateOnly.MinValue, Name = source, Role = ParticipantRole.FocusChild }
        : null;

    private static string? OnlyCase(ScenarioParts file) => file.Cases.Count == 1 ? file.Cases[0].Number : null;

    private void Person(string? id, string path) => Need(id is null || directory.Person(id) is not null, path, $"There is no person '{id}' in this file.");

    private void Need(bool holds, string path, string message)
    {
        if (!holds)
        {
            _found.Add(new(path, message));
        }
    }

    [GeneratedRegex("^[A-Za-z0-9-]{1,40}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberPattern();
}
