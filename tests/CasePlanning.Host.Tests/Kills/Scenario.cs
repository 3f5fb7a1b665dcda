using System.Globalization;

namespace CasePlanning.Host.Tests.Kills;

/// <summary>One request of the driver, the same each time it is repeated.</summary>
internal sealed record Step(HttpMethod Method, string Path, string Person, string Json, string? IfMatch = null)
{
    public bool MovesTheClock => Path == "/api/clock";
}

/// <summary>Fifty plans, some looked after and some forgotten, over seven months.</summary>
internal static class Scenario
{
    public const string Start = "2027-01-04T18:00:00Z";
    private const int Plans = 50;

    private static readonly DateOnly FirstDay = new(2027, 1, 4);

    public static IReadOnlyList<string> Cases { get; } = [.. Enumerable.Range(1, Plans).Select(number => FormattableString.Invariant($"sample-k-{number}"))];

    public static IReadOnlyList<Step> Steps { get; } = [.. All()];

    public static string PlanOf(string caseId) => $"{caseId}.home";

    private static IEnumerable<Step> All()
    {
        var all = Enumerable.Range(1, Plans).ToArray();
        var written = all.Where(number => number % 5 != 0).ToArray();
        var submitted = written.Where(number => number % 4 != 0).ToArray();
        var returned = submitted.Where(number => number % 6 == 1).ToArray();
        var approved = submitted.Except(returned).ToArray();
        return
        [
            .. all.Select(Open),
            Clock(11),
            .. written.Select(number => Begin(number, 11)),
            .. written.Select(number => Save(number, 1, 11, "A calm home", etag: 1)),
            Clock(20),
            .. submitted.Select(Submit),
            Clock(22),
            .. approved.Select(number => Decide(number, "approve")),
            .. returned.Select(number => Decide(number, "return")),
            Clock(43),
            .. returned.Select(number => Save(number, 1, 43, "A calm home, every day", etag: 2)),
            .. returned.Select(Submit),
            Clock(57),
            .. returned.Select(number => Decide(number, "approve")),
            Clock(100),
            .. approved.Where(number => number % 2 == 0).Select(number => Review(number, 100)),
            Clock(150),
            .. approved.Select(Progress),
            .. approved.Select(number => Update(number, 150)),
            .. approved.Select(number => Save(number, 2, 150, "A calm home, and school", etag: 1)),
            .. approved.Select(Submit),
            .. approved.Select(number => Decide(number, "approve")),
            Clock(210),
        ];
    }

    private static string Day(int days) => FirstDay.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Worker(int number) => number % 3 == 0 ? "second-worker" : "worker";

    private static string Plan(int number) => FormattableString.Invariant($"/api/plans/sample-k-{number}.home");

    private static Step Clock(int day) => new(HttpMethod.Post, "/api/clock", "administrator", $$"""{"to":"{{Day(day)}}T18:00:00Z"}""");

    private static Step Open(int number) => new(HttpMethod.Post, "/api/cases", Worker(number), $$"""
        {"number":"K-{{number}}","openedOn":"{{Day(0)}}","facts":[
          {"fact":"participant","source":"c1","on":"{{Day(0)}}","name":"Child {{number}}","role":"focus-child","birthDate":"2020-01-01","personType":"voluntary"},
          {"fact":"participant","source":"c2","on":"{{Day(0)}}","name":"Sibling {{number}}","role":"focus-child","birthDate":"2021-01-01","personType":"voluntary"},
          {"fact":"assignment","source":"a","on":"{{Day(0)}}","person":"{{Worker(number)}}"}]}
        """);

    private static Step Begin(int number, int day) => new(HttpMethod.Post, $"{Plan(number)}/versions", Worker(number), $$"""{"kind":"initial","planDate":"{{Day(day)}}"}""");

    private static Step Update(int number, int day) => new(HttpMethod.Post, $"{Plan(number)}/versions", Worker(number), $$"""{"kind":"update","planDate":"{{Day(day)}}"}""");

    private static Step Save(int number, int version, int day, string objective, int etag) => new(
        HttpMethod.Put, FormattableString.Invariant($"{Plan(number)}/versions/{version}"), Worker(number), $$"""
        {"planDate":"{{Day(day)}}","focusChildren":["c1","c2"],"content":{
          "serviceObjectives":[{"id":"o1","participant":"c1","objective":"{{objective}}"}],
          "cps":{"caseInformation":"x","persons":"x","reasons":"x","familyStrengths":"x","familyNeeds":"x","goals":"x","whatMustHappen":"x","otherNeeds":"none","reviewOn":"{{Day(day + 90)}}","ifBehaviorDoesNotChange":"x"} } }
        """, FormattableString.Invariant($"\"{etag}\""));

    private static Step Submit(int number) => new(HttpMethod.Post, $"{Plan(number)}/submission", Worker(number), "{}");

    private static Step Decide(int number, string decision) => new(HttpMethod.Post, $"{Plan(number)}/decision", "supervisor", $$"""{"kind":"{{decision}}","comments":"Case {{number}}"}""");

    private static Step Review(int number, int day) => new(HttpMethod.Post, $"{Plan(number)}/reviews", Worker(number), $$"""{"on":"{{Day(day)}}","attended":"Everybody"}""");

    private static Step Progress(int number) => new(HttpMethod.Put, $"{Plan(number)}/progress/o1", Worker(number), """{"met":"in-progress","narrative":"On the way."}""");
}
