using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.People;

/// <summary>Somebody a reminder or request goes to, the role it goes to them in, and why it is they when it isn't the first in line.</summary>
public sealed record Recipient(Person Person, Role Role, string? Because);

/// <summary>An agency with its units and people, and who answers for whom on a date.</summary>
public sealed class AgencyDirectory(Agency agency, IEnumerable<Unit> units, IEnumerable<Person> people)
{
    private readonly Dictionary<string, Unit> _units = units.ToDictionary(unit => unit.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, Person> _people = people.ToDictionary(person => person.Id, StringComparer.Ordinal);

    private readonly Person[] _everAbsent = [.. people.Where(person => person.Absences.Count > 0)];

    public Agency Agency { get; } = agency;

    /// <summary>How many saves of the agency, its units and people it has seen.</summary>
    public long Revision { get; init; }

    public Calendar Calendar => Agency.Calendar();

    public IEnumerable<Unit> Units => _units.Values;

    public IEnumerable<Person> People => _people.Values;

    public Person? Person(string? id) => id is null ? null : _people.GetValueOrDefault(id);

    public Unit? Unit(string? id) => id is null ? null : _units.GetValueOrDefault(id);

    /// <summary>Who can't decide on a request: its submitter, unless the agency lets people approve their own plans (CA-26).</summary>
    public string? BarredFrom(ApprovalRequest request) => Agency.OwnApproval ? null : request.SubmittedBy;

    /// <summary>The agency's last day to decide on a request; from the day after it the decision is overdue.</summary>
    public DateOnly DecideBy(ApprovalRequest request) => Calendar.AddWorkingDays(request.SubmittedOn, Agency.ApprovalWorkingDays);

    /// <summary>The unit that answers for a case on a date: its worker's, else the case's own.</summary>
    public Unit? UnitOf(CaseFile file, DateOnly date) =>
        Unit(Person(file.WorkerOn(date)?.Person)?.Unit) ?? Unit(file.Unit);

    /// <summary>
    /// The people who hold a role for a case on a date, cover included. An absent or departed holder is stood in for; where nobody can,
    /// the next in line is told, and the agency's administrators with them. On a sealed case the people named on it are told; where none of
    /// them can be reached, the administrators are, who learn the case number and nothing else. Empty only if the agency has no active person at all.
    /// </summary>
    /// <param name="role">The role asked for.</param>
    /// <param name="file">The case.</param>
    /// <param name="date">The agency's date.</param>
    /// <param name="besides">Id of somebody who can't act here, as nobody decides on their own request.</param>
    public IReadOnlyList<Recipient> Resolve(Role role, CaseFile file, DateOnly date, string? besides = null)
    {
        if (role is Role.Administrator or Role.Auditor)
        {
            return Holders(role, file, date, because: null);
        }

        var line = Line(file, date);
        var first = Array.FindIndex(line, place => place.Role == role);
        var missing = new List<string>();
        for (var place = first; place < line.Length; place++)
        {
            var (holds, id) = line[place];
            if (Standing(id, file, date) is { } found && !string.Equals(found.Person.Id, besides, StringComparison.Ordinal))
            {
                var because = missing.Count > 0 ? $"{string.Join(" and ", missing)}{(found.Because is null ? "" : $"; {found.Because}")}" : found.Because;
                var told = new Recipient(found.Person, holds, because);
                return missing.Count == 0 ? [told] : [told, .. Holders(Role.Administrator, file, date, because).Where(other => other.Person.Is(Role.Administrator)).Where(other => !string.Equals(other.Person.Id, told.Person.Id, StringComparison.Ordinal))];
            }

            missing.Add(id is null ? $"the case has no {Word(holds)}"
                : besides is not null && string.Equals(StandIn(id, date)?.Id, besides, StringComparison.Ordinal) ? $"the {Word(holds)} doesn't decide on their own request"
                : $"the {Word(holds)} can't be reached and has no cover");
        }

        return Holders(Role.Administrator, file, date, string.Join(" and ", missing));
    }

    /// <summary>True when somebody may be told of a case in a role: it is open to them, or on a sealed one nobody nearer can be reached.</summary>
    public bool MayBeTold(Person person, Role role, CaseFile file, DateOnly date) =>
        file.IsOpenTo(person.Id) || Resolve(role, file, date).Any(told => string.Equals(told.Person.Id, person.Id, StringComparison.Ordinal));

    /// <summary>Everyone who may decide on a request for this case on a date: the supervisor, or whoever stands in; once it is overdue, the line above too. Not <paramref name="besides"/>.</summary>
    public IEnumerable<Person> Deciders(CaseFile file, DateOnly date, bool overdue, string? besides)
    {
        Role[] roles = overdue ? [Role.Supervisor, Role.Manager] : [Role.Supervisor];
        return roles.SelectMany(role => Resolve(role, file, date, besides)).Select(recipient => recipient.Person)
            .Concat(Line(file, date).Where(place => roles.Contains(place.Role)).Select(place => Person(place.Id)).OfType<Person>())
            .Where(person => person.Active && file.IsOpenTo(person.Id) && !string.Equals(person.Id, besides, StringComparison.Ordinal)).DistinctBy(person => person.Id);
    }

    /// <summary>True for whoever may decide on a request on a date.</summary>
    public bool MayDecide(string person, CaseFile file, ApprovalRequest request, DateOnly date) =>
        Deciders(file, date, date > DecideBy(request), BarredFrom(request)).Any(each => string.Equals(each.Id, person, StringComparison.Ordinal));

    /// <summary>Those a case is open to who can decide on it: the supervisor and manager of its unit and the agency's administrators, while they are active.</summary>
    public IEnumerable<Person> Keepers(CaseFile file, DateOnly date)
    {
        var unit = UnitOf(file, date);
        return _people.Values.Where(person => person.Active && file.IsOpenTo(person.Id)
            && (person.Is(Role.Administrator) || person.Id == unit?.Supervisor || person.Id == unit?.Manager));
    }

    /// <summary>Who reads what waits for a person: the person, or, once they have left, their cover, their unit's supervisor or an administrator.</summary>
    public Person ReaderFor(string id, DateOnly date)
    {
        var left = Person(id);
        return left is { Active: true } ? left
            : StandIn(id, date)
            ?? (Unit(left?.Unit)?.Supervisor is { } supervisor ? StandIn(supervisor, date) : null)
            ?? _people.Values.Where(person => person.Active).OrderByDescending(person => person.Is(Role.Administrator)).ThenBy(person => person.Id, StringComparer.Ordinal).First();
    }

    /// <summary>Ids of those absent on a date for whom a person stands in.</summary>
    public IEnumerable<string> StoodInForBy(string id, DateOnly date) =>
        _everAbsent.Where(person => person.AbsenceOn(date) is not null && StandIn(person.Id, date)?.Id == id).Select(person => person.Id);

    /// <summary>Who stands in for a person on a date, following cover of cover; null in a ring or where cover ends.</summary>
    public Person? StandIn(string id, DateOnly date)
    {
        var (next, left) = (Person(id), _people.Count);
        for (; next is not null && left > 0; left--)
        {
            var absence = next.AbsenceOn(date);
            if (next.Active && absence is null)
            {
                return next;
            }

            next = Person(absence?.Cover);
        }

        return null;
    }

    private (Person Person, string? Because)? Standing(string? id, CaseFile file, DateOnly date) =>
        id is not null && StandIn(id, date) is { } person && file.IsOpenTo(person.Id)
            ? (person, string.Equals(person.Id, id, StringComparison.Ordinal) ? null : $"you stand in for {Person(id)!.Name}")
            : null;

    private (Role Role, string? Id)[] Line(CaseFile file, DateOnly date)
    {
        var unit = UnitOf(file, date);
        return [(Role.Worker, file.WorkerOn(date)?.Person), (Role.Supervisor, unit?.Supervisor), (Role.Manager, unit?.Manager)];
    }

    /// <summary>The holders of a role who can be reached and may know of the case; failing those, whoever else of the agency comes nearest.</summary>
    private Recipient[] Holders(Role role, CaseFile file, DateOnly date, string? because)
    {
        var active = _people.Values.Where(person => person.Active).OrderBy(person => person.Id, StringComparer.Ordinal).ToArray();
        IEnumerable<Person>[] nearest =
        [
            active.Where(person => person.Is(role) && person.AbsenceOn(date) is null && file.IsOpenTo(person.Id)),
            active.Where(person => file.SealedTo is not null && file.IsOpenTo(person.Id)),
            active.Where(person => person.Is(role)),
            active.Where(person => person.Is(Role.Manager)).Take(1),
            active.Where(person => person.Is(Role.Supervisor)).Take(1),
            active.Take(1),
        ];
        return [.. (nearest.FirstOrDefault(people => people.Any()) ?? []).Select(person => new Recipient(person, role, because))];
    }

    private static string Word(Role role) => role.ToString().ToLowerInvariant();
}
