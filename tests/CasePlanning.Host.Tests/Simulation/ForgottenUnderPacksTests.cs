using System.Text.Json.Nodes;
using CasePlanning.Domain.Clocks;
using CasePlanning.Host.Simulation;

namespace CasePlanning.Host.Tests.Simulation;

/// <summary>The forgotten case, its child placed and known to need everything, under each pack until the end of the year.</summary>
public sealed class ForgottenUnderPacksTests
{
    private static readonly DateOnly Until = new(2024, 12, 31);

    [Theory]
    [InlineData("california", "ca.initial")]
    [InlineData("michigan", "mi.initial", "mi.review", "mi.tribe")]
    [InlineData("minnesota", "mn.admin-review", "mn.dev-screening", "mn.mh-screening", "mn.ohpp.initial", "mn.wellbeing")]
    [InlineData("wisconsin", "wi.initial", "wi.review")]
    [InlineData("federal", "fed.initial", "fed.review")]
    public async Task What_stays_overdue_goes_from_the_worker_to_the_supervisor_to_the_manager(string pack, params string[] rules)
    {
        var overdue = (await Notices(pack)).GroupBy(notice => notice.Occurrence!).Where(told => told.Any(notice => notice.Step == "+7")).ToArray();

        Assert.Equal(rules, overdue.Select(told => told.First().Rule!).Distinct().Order(StringComparer.Ordinal));
        Assert.All(overdue, told =>
        {
            Assert.Equal([Role.Worker, Role.Supervisor], RolesAt(told, "0"));
            Assert.Equal([Role.Worker, Role.Supervisor], RolesAt(told, "+1"));
            Assert.All(told.Where(notice => notice.Step!.StartsWith('-')), notice => Assert.Equal(Role.Worker, notice.To!.Role));
            Assert.All(
                told.Select(notice => notice.Step!).Distinct().Where(step => step[0] == '+' && step != "+1"),
                step => Assert.Equal([Role.Worker, Role.Supervisor, Role.Manager], RolesAt(told, step)));
        });
    }

    [Theory]
    [InlineData("california")]
    [InlineData("michigan")]
    [InlineData("minnesota")]
    [InlineData("wisconsin")]
    [InlineData("federal")]
    public async Task What_is_overdue_is_told_every_week_until_it_is_missed_or_the_play_ends(string pack)
    {
        foreach (var told in (await Notices(pack)).GroupBy(notice => notice.Occurrence!).Where(told => told.Any(notice => notice.Step == "+7")))
        {
            var days = told.Where(notice => notice.Step is ['+', ..] && notice.Step != "+1").Select(notice => DayOf(notice)).Distinct().ToArray();
            var end = told.FirstOrDefault(notice => notice.Step == "missed") is { } missed ? DayOf(missed) : Until;

            Assert.All(days.Zip(days.Skip(1)), pair => Assert.InRange(pair.Second.DayNumber - pair.First.DayNumber, 4, 10));
            Assert.InRange(end.DayNumber - days[^1].DayNumber, 0, 8);
        }
    }

    [Theory]
    [InlineData("michigan", "mi.review", 3)]
    [InlineData("minnesota", "mn.contact", 11)]
    [InlineData("minnesota", "mn.providers", 3)]
    [InlineData("federal", "fed.visit", 11)]
    [InlineData("federal", "fed.review", 1)]
    public async Task A_cycle_that_closes_is_reported_missed_once_to_worker_and_supervisor_and_its_reminders_stop(string pack, string rule, int times)
    {
        var missed = (await Notices(pack)).Where(notice => notice.Rule == rule).GroupBy(notice => notice.Occurrence!).Where(told => told.Any(notice => notice.Step == "missed")).ToArray();

        Assert.Equal(times, missed.Length);
        Assert.All(missed, told =>
        {
            Assert.Equal([Role.Worker, Role.Supervisor], RolesAt(told, "missed"));
            Assert.Equal("missed", told.Last().Step);
        });
        var reports = (await Story(pack)).Where(each => each.Kind == EventKind.Deadline && each.Message.EndsWith(" was missed.", StringComparison.Ordinal)).Select(each => each.Occurrence!);
        Assert.All(missed, told => Assert.Single(reports, occurrence => occurrence == told.Key));
    }

    [Theory]
    [InlineData("minnesota", "mn.contact")]
    [InlineData("minnesota", "mn.providers")]
    [InlineData("federal", "fed.visit")]
    public async Task A_months_duty_ends_with_the_month_and_never_reaches_the_manager(string pack, string rule) =>
        Assert.DoesNotContain(await Notices(pack), notice => notice.Rule == rule && (notice.To!.Role == Role.Manager || notice.Step is ['+', ..]));

    [Theory]
    [InlineData("california")]
    [InlineData("michigan")]
    [InlineData("minnesota")]
    [InlineData("wisconsin")]
    [InlineData("federal")]
    public async Task All_mail_comes_from_a_notice_of_that_day_or_the_working_day_before(string pack)
    {
        var (story, calendar) = (await Story(pack), Forgotten(pack).Agency.Calendar());
        var told = story.Where(each => each.Kind == EventKind.Notice)
            .SelectMany(notice => new[] { DayOf(notice), calendar.Forward(DayOf(notice)), calendar.Forward(DayOf(notice).AddDays(1)) }.Select(day => (day, notice.To!.Address))).ToHashSet();

        Assert.All(story.Where(each => each.IsReminder()), mail => Assert.Contains((DayOf(mail), mail.To!.Address), told));
    }

    private static Role[] RolesAt(IEnumerable<SimulationEvent> told, string step) => [.. told.Where(notice => notice.Step == step).Select(notice => notice.To!.Role!.Value)];

    private static DateOnly DayOf(SimulationEvent happened) => DateOnly.FromDateTime(happened.At.DateTime);

    private static async Task<SimulationEvent[]> Notices(string pack) => [.. (await Story(pack)).Where(each => each.Kind == EventKind.Notice)];

    private static Task<IReadOnlyList<SimulationEvent>> Story(string pack) => Playing.Play(Forgotten(pack), Until);

    /// <summary>The sample with the pack in the place of its own, and the facts that any pack's clocks count from.</summary>
    private static Scenario Forgotten(string pack)
    {
        var file = JsonNode.Parse(File.ReadAllText(Playing.Sample("forgotten")))!;
        file["agency"]!["packs"] = new JsonArray(pack);
        var facts = file["cases"]![0]!["facts"]!.AsArray();
        facts[0]!["birthDate"] = "2022-09-02";
        facts[0]!["indianChild"] = true;
        facts.Add(JsonNode.Parse("""{ "fact": "placement", "source": "m-1", "on": "2024-01-08", "child": "p-1", "setting": "foster-home" }"""));
        facts.Add(JsonNode.Parse("""{ "fact": "determination", "source": "d-1", "on": "2024-01-08", "what": "maltreatment-determined" }"""));
        return ScenarioFile.Read(file.ToJsonString()).Scenario!;
    }
}
