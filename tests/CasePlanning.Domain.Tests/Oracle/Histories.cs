namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>Makes a history from a seed: always the same one.</summary>
public sealed class Histories
{
    private readonly Random _random;
    private readonly Days _days;
    private readonly string[] _packs;
    private readonly List<Happening> _happenings = [];
    private readonly List<string> _children = [];
    private readonly List<string> _keys = [];
    private DateTimeOffset _now;
    private int _ids;

    private Histories(int seed, Days days, Random random)
    {
        (Seed, _days, _random) = (seed, days, random);
        _packs = [.. days.Office.Editions.SelectMany(edition => edition.Packs).Distinct()];
        var from = days.Office.Editions.Length > 1 ? days.Office.Editions[1].From.AddDays(-random.Next(500))
            : new DateOnly(2001, 1, 1).AddDays(random.Next(25 * 365));
        _now = new DateTimeOffset(from, default, TimeSpan.Zero).AddMinutes(random.Next(24 * 60));
    }

    private int Seed { get; }

    public static History Of(int seed, IReadOnlyList<Days> offices)
    {
        var random = new Random(seed);
        var office = random.Next(offices.Count);
        return new Histories(seed, offices[office], random).Make(office);
    }

    /// <summary>One of twenty years in an agency.</summary>
    public static History Long(int seed, IReadOnlyList<Days> offices, int office) => new Histories(seed, offices[office], new Random(seed)).Make(office, 20);

    private History Make(int office, double? exactly = null)
    {
        var from = _now;
        var years = exactly ?? _random.Next(40) switch { < 30 => 0.3 + (1.7 * _random.NextDouble()), < 39 => 2 + (2 * _random.NextDouble()),
            _ => 6 + (14 * _random.NextDouble()) };
        var until = from.AddDays(365 * years);
        var pace = 0.3 + (2 * _random.NextDouble());
        Tell(Kind.Opening, Today.AddDays(-_random.Next(3)));
        for (var count = 1 + _random.Next(2); count > 0; count--)
        {
            Join();
        }

        while (_now < until && _happenings.Count < 250)
        {
            Something();
            Pass(pace);
        }

        var between = years > 3 ? 71 : 17;
        _happenings.AddRange(Enumerable.Range(1, (int)(365 * years / between))
            .Select(index => new Happening.Glance(from.AddDays(between * index).AddMinutes(_random.Next(between * 24 * 60)))));
        return new History(Seed, office, from, until, [.. _happenings.Where(each => each.At <= until).OrderBy(each => each.At)]);
    }

    private DateOnly Today => _days.DateAt(_now);

    private void Something()
    {
        if (_packs is not ["default"] && _random.Next(100) < 40)
        {
            _happenings.Add(new Happening.Kept(_now, Id(Kind.Meeting), _random.Next(1000), Rarely(3) ? _random.Next(40) : 0));
            return;
        }

        if (_packs is not ["default"] && _random.Next(100) < 20)
        {
            Tell(_random.Next(4) == 0 ? Kind.Contact : Kind.Determination);
            return;
        }

        switch (_random.Next(100))
        {
            case < 45:
                _happenings.Add(new Happening.Worked(_now, Either(), _random.Next(100), _random.Next(1000),
                    Rarely(3) ? _random.Next(-20, 20) : 0));
                break;
            case < 54:
                Tell(Kind.Review, Late(), fact => fact with { Plan = Either() });
                break;
            case < 66:
                Tell(Kind.Placement, Late(), fact => fact with { Child = Child(), Lives = Lives() });
                break;
            case < 72:
                Tell(Kind.Placement, Late(), fact => fact with { Child = Child(), Lives = "Home" });
                break;
            case < 74:
                Join();
                break;
            case < 75:
                Tell(Kind.Assignment, Late());
                break;
            case < 78:
                _happenings.Add(new Happening.Left(_now, Child(), Rarely(3) ? null : _random.Next(-20, 40)));
                break;
            case < 81:
                _happenings.Add(new Happening.Closed(_now, Id(Kind.Closing), Either(), Rarely(3) ? _random.Next(30) : 0));
                break;
            case < 85:
                _happenings.Add(new Happening.Reopened(_now, Id(Kind.Reopening), Either(), Rarely(3) ? _random.Next(15) : 0));
                break;
            case < 89:
                _happenings.Add(new Happening.Excused(_now, Id(Kind.Excusal), _random.Next(1000), _random.Next(-3, 45)));
                break;
            case < 94:
                _happenings.Add(new Happening.Redated(_now, Key(), _random.Next(-40, 40)));
                break;
            case < 97:
                _happenings.Add(new Happening.Withdrawn(_now, Key(), Gone: !Rarely(3)));
                break;
            default:
                _happenings.Add(new Happening.Outage(_now, _now.AddHours(Rarely(3) ? _random.Next(3000) : _random.Next(150))));
                break;
        }
    }

    /// <summary>A contact or a determination, about one child or the whole case; a hearing may lie ahead.</summary>
    private void Tell(Kind kind)
    {
        var what = kind == Kind.Contact ? Contacts[_random.Next(Contacts.Length)] : Determinations[_random.Next(Determinations.Length)];
        Tell(kind, what == "DispositionalHearing" && !Rarely(3) ? Today.AddDays(_random.Next(60)) : Late(),
            fact => fact with { What = what, Child = Rarely(3) ? "" : Child() });
        if (what == "MaltreatmentDetermined")
        {
            var soon = _now.AddHours(_random.Next(300));
            _happenings.Add(new Happening.Told(soon, new Known(Kind.Contact, Id(Kind.Contact), _days.DateAt(soon)) { What = "ScreeningReferral" }));
        }
    }

    private static readonly string[] Contacts = ["CaseworkerVisit", "FamilyMet", "FamilyContacted", "ProviderMetFamily", "TribalContact"];

    private static readonly string[] Determinations =
    [
        "ServicesNeeded", "MaltreatmentDetermined", "EndOfAssessment", "InPersonResponse", "ComplaintAssigned", "JudicialFinding",
        "DispositionalHearing", "OrderForPlacement", "OrderForProtectiveCare", "LegalCustodyTransferred", "PermanencyPetition",
    ];

    private static readonly string[] Homes =
        ["FosterHome", "FosterHome", "RelativeHome", "Shelter", "Detention", "Hospital", "TrialHome", "Missing"];

    private string Lives() => Homes[_random.Next(Homes.Length)];

    private void Pass(double pace) => _now += _random.Next(100) switch
    {
        < 35 => TimeSpan.FromMinutes(1 + _random.Next(600)),
        < 70 => TimeSpan.FromHours(pace * _random.Next(24 * 10)),
        < 92 => TimeSpan.FromHours(pace * _random.Next(24 * 45)),
        _ => TimeSpan.FromHours(pace * _random.Next(24 * 200)),
    };

    private void Join()
    {
        if (_children.Count < 4)
        {
            var id = $"c{_children.Count + 1}";
            _children.Add(id);
            _keys.Add($"participant-{id}");
            _happenings.Add(new Happening.Told(_now, new Known(Kind.Participant, id, Late())
            {
                Born = Rarely(4) ? null : Today.AddDays(-_random.Next(365 * (Rarely(2) ? 4 : 17))), Indian = Rarely(2),
            }));
        }
    }

    private void Tell(Kind kind, DateOnly on, Func<Known, Known>? more = null)
    {
        var fact = new Known(kind, Id(kind), on);
        _happenings.Add(new Happening.Told(_now, more is null ? fact : more(fact)));
    }

    /// <summary>Ids don't follow the order in which things are recorded.</summary>
    private string Id(Kind kind)
    {
        var id = $"{(char)('a' + _random.Next(26))}{++_ids}";
        _keys.Add(new Known(kind, id, default).Key);
        return id;
    }

    private string Key() => _keys[_random.Next(_keys.Count)];

    private string Child() => _children[_random.Next(_children.Count)];

    private Under Either() => (Under)_random.Next(2);

    private bool Rarely(int oneIn) => _random.Next(oneIn) == 0;

    private DateOnly Late() => Rarely(3) ? Today.AddDays(-_random.Next(60)) : Today;
}
