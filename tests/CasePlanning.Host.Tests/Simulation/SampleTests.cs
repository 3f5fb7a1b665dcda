using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CasePlanning.Domain.Cases;
using CasePlanning.Host.Simulation;

namespace CasePlanning.Host.Tests.Simulation;

/// <summary>What every sample keeps to. UPDATE_DOCS=1 writes the stories anew.</summary>
public sealed class SampleTests
{
    private static readonly string[] Members = ["at", "kind", "subject", "rule", "occurrence", "due", "dueRolled", "step", "to", "message", "text"];

    public static TheoryData<string> Samples => [.. Playing.Samples];

    [Theory, MemberData(nameof(Samples))]
    public async Task A_sample_ends_as_it_expects_and_its_story_is_the_one_checked_in(string name)
    {
        var golden = Playing.InRepository($"tests/CasePlanning.Host.Tests/Simulation/Golden/{name}.txt");
        var ran = await Playing.Run(Playing.Sample(name));

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(golden, ran.Output);
        }

        Assert.Equal((await File.ReadAllTextAsync(golden)).ReplaceLineEndings("\n"), ran.Output);
    }

    [Theory, MemberData(nameof(Samples))]
    public async Task The_same_input_gives_the_same_output_whatever_the_machine_speaks(string name)
    {
        var (story, lines) = (await Playing.Run(Playing.Sample(name)), await Playing.Run(Playing.Sample(name), "--json"));
#pragma warning disable RS0030 // This test is about the machine's culture; it is the method's own from here on.
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (new CultureInfo("ar-SA"), new CultureInfo("de-DE"));
#pragma warning restore RS0030

        Assert.Equal(story, await Playing.Run(Playing.Sample(name)));
        Assert.Equal(lines, await Playing.Run(Playing.Sample(name), "--json"));
    }

    [Theory, MemberData(nameof(Samples))]
    public async Task Every_line_of_json_is_an_object_with_every_member_in_the_order_of_time(string name)
    {
        var ran = await Playing.Run(Playing.Sample(name), "--json");
        var lines = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();

        Assert.All(lines, line => Assert.Equal(Members, line.EnumerateObject().Select(member => member.Name)));
        Assert.All(lines, line => Assert.Contains(line.GetProperty("kind").GetString(), new[] { "stage", "notice", "mail", "refusal", "deadline" }));
        Assert.All(lines, line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-0[45678]:00$", line.GetProperty("at").GetString()!));
        var times = lines.Select(line => line.GetProperty("at").GetDateTimeOffset()).ToArray();
        Assert.Equal(times.Order(), times);
    }

    [Theory, MemberData(nameof(Samples))]
    public async Task A_notice_says_for_what_when_and_to_whom(string name)
    {
        var notices = (await Playing.Play(name)).Where(each => each.Kind == EventKind.Notice).ToArray();

        Assert.NotEmpty(notices);
        Assert.All(notices, notice =>
        {
            Assert.NotNull(notice.Subject);
            Assert.NotNull(notice.Rule);
            Assert.StartsWith($"{notice.Rule}~{notice.Subject}~", notice.Occurrence);
            Assert.NotNull(notice.Due);
            Assert.NotNull(notice.DueRolled);
            Assert.NotNull(notice.Step);
            Assert.NotNull(notice.To!.Role);
            Assert.Contains('@', notice.To.Address!);
        });
        Assert.Equal(notices.Length, notices.DistinctBy(notice => (notice.Occurrence, notice.Step, notice.To!.Role, notice.To.Address)).Count());
    }

    [Theory, MemberData(nameof(Samples))]
    public async Task No_mail_names_a_child_or_family_or_tells_their_story(string name)
    {
        var scenario = Playing.Read(name);
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Playing.Sample(name)))!;
        var story = Texts(file["cases"]).Concat(Texts(file["actions"])).Where(text => text.Count(char.IsWhiteSpace) > 1).Distinct().ToArray();
        var names = scenario.Cases.SelectMany(each => each.Facts).OfType<Participant>()
            .SelectMany(participant => participant.Name.Split(' ').Append(participant.Source)).Where(word => word.Length > 1).Distinct().ToArray();
        var mails = (await Playing.Play(scenario)).Where(each => each.Kind == EventKind.Mail).ToArray();

        Assert.NotEmpty(mails);
        Assert.All(mails, mail => Assert.All(names.Concat(story), word => Assert.DoesNotContain(word, $"{mail.Message}\n{mail.Text}\n{WebUtility.HtmlDecode(mail.Html)}", StringComparison.OrdinalIgnoreCase)));
    }

    [Theory, MemberData(nameof(Samples))]
    public async Task Reminders_come_on_the_morning_of_a_working_day_or_with_the_act_that_makes_them_due(string name)
    {
        var scenario = Playing.Read(name);
        var calendar = scenario.Agency.Calendar();
        var events = await Playing.Play(scenario);
        var acts = events.Where(each => each.Kind == EventKind.Act).Select(each => each.At).ToHashSet();
        var notices = events.Where(each => each.Kind == EventKind.Notice && each.Step != "missed" && !acts.Contains(each.At)).ToArray();

        Assert.NotEmpty(notices);
        Assert.All(notices, notice =>
        {
            Assert.True(calendar.IsWorkingDay(DateOnly.FromDateTime(notice.At.DateTime)), $"{notice.At:O} is no working day.");
            Assert.Equal(scenario.Agency.Morning, TimeOnly.FromDateTime(notice.At.DateTime));
        });
    }

    /// <summary>Every text of a part of a scenario file.</summary>
    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
