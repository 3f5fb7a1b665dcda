namespace CasePlanning.Domain.Tests.Oracle;

public enum Under { Home, Placed }

public enum Kind { Opening, Participant, Placement, Review, Closing, Reopening, Excusal, Determination, Contact, Meeting, Tool, Assignment }

/// <summary>One thing known about the case, in the oracle's own words.</summary>
public sealed record Known(Kind Kind, string Id, DateOnly On)
{
    /// <summary>The child it is about, or empty for the whole case.</summary>
    public string Child { get; init; } = "";

    /// <summary>Where a placed child lives from then on.</summary>
    public string Lives { get; init; } = "";

    public bool Away => Lives != "Home";

    /// <summary>Which determination, contact, meeting or tool.</summary>
    public string What { get; init; } = "";

    public DateOnly? Born { get; init; }

    public bool Indian { get; init; }

    public Under Plan { get; init; }

    public string Occurrence { get; init; } = "";

    /// <summary>A child's last day on the case, or an excuse's last day.</summary>
    public DateOnly? Until { get; init; }

    public bool Withdrawn { get; init; }

    public string Key => $"{Kind.ToString().ToLowerInvariant()}-{Id}";
}

public enum Standing { Draft, Pending, Effective, Withdrawn, Rescinded }

public enum Reply { Approved, Returned, Recalled, Withdrawn }

public sealed class Submission(string id, DateOnly on)
{
    public string Id { get; } = id;

    public DateOnly On { get; } = on;

    public Reply? Reply { get; set; }

    public DateOnly? RepliedOn { get; set; }
}

public sealed class Version(int number)
{
    public int Number { get; } = number;

    public DateOnly CreatedOn { get; init; }

    public DateOnly PlanDate { get; set; }

    public IReadOnlyList<string> Children { get; set; } = [];

    public Standing Standing { get; set; }

    public DateOnly? EffectiveOn { get; set; }

    /// <summary>Somebody signed it by its last submission.</summary>
    public bool Signed { get; set; }

    public List<Submission> Submissions { get; } = [];
}

/// <summary>What was done about one plan.</summary>
public sealed class Plan(string id, Under under)
{
    public string Id { get; } = id;

    public Under Under { get; } = under;

    public List<Version> Versions { get; } = [];

    public DateOnly? UpdateStarted { get; set; }

    public Version? Prepared => Versions.LastOrDefault(version => version.Standing is Standing.Draft or Standing.Pending);
}

/// <summary>Everything that is known about a case at some instant.</summary>
public sealed class Knowledge(string caseId)
{
    private readonly Dictionary<Kind, Known[]> _holding = [];

    public List<Known> Facts { get; } = [];

    public IReadOnlyList<Plan> Plans { get; } = [new($"{caseId}.home", Under.Home), new($"{caseId}.placed", Under.Placed)];

    public Plan Of(Under under) => Plans[(int)under];

    /// <summary>The facts of a kind that hold, by their days and then their ids.</summary>
    public IEnumerable<Known> Holding(Kind kind) => _holding.TryGetValue(kind, out var found) ? found : _holding[kind] =
        [.. Facts.Where(fact => fact.Kind == kind && !fact.Withdrawn).OrderBy(fact => fact.On).ThenBy(fact => fact.Id, StringComparer.Ordinal)];

    /// <summary>What was done or determined about a child, or about the whole case, in the order of days.</summary>
    public IEnumerable<Known> About(string child, Kind kind, params string[] what) =>
        Holding(kind).Where(fact => what.Contains(fact.What) && (fact.Child.Length == 0 || child.Length == 0 || fact.Child == child));

    public Known? Find(string key) => Facts.Find(fact => fact.Key == key);

    public void Put(Known fact)
    {
        Facts.RemoveAll(other => other.Key == fact.Key);
        Facts.Add(fact);
        _holding.Clear();
    }
}
