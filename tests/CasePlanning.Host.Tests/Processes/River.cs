using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>A mail as a mail server took it.</summary>
/// <param name="To">Id of the person.</param>
/// <param name="At">When it was stored, agency time, e.g. <c>2027-01-04 09:00</c>.</param>
internal sealed record TakenMail(string To, string At, string Subject, string Text, string Html);

/// <summary>One line of who was told what, as a case's history says it over HTTP.</summary>
internal sealed record ToldLine(string Person, string Role, string What, string? Step, string? Because, string State);

/// <summary>
/// The unit River of the sample county behind a running process, seen from outside only: requests go over HTTP, time passes on its simulated
/// clock, data lies in SQLite, and mail arrives at a mail server. Will and Wendy work there under Sue, whose manager is Max; Sid and Sam
/// supervise elsewhere. It begins on Monday 4 January 2027, 09:00 in Los Angeles.
/// </summary>
internal sealed class River : IAsyncDisposable
{
    public const string Administrator = "administrator";

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    private readonly TemporaryFolder _folder = new();
    private readonly SmtpServer _server;
    private HostProcess _host = null!;

    private River(Func<string, int, string?> recipient) => _server = new SmtpServer(recipient);

    /// <param name="recipient">What the mail server answers a recipient on the n-th try; it takes everything where this is null.</param>
    public static async Task<River> Begin(Func<string, int, string?>? recipient = null)
    {
        var river = new River(recipient ?? ((_, _) => "250 OK"));
        await river.Start();
        await river.Administer(HttpMethod.Post, "/api/units", """{"id":"river","name":"River"}""");
        foreach (var (id, role, unit) in new[] { ("will", "worker", "\"river\""), ("wendy", "worker", "\"river\""), ("sue", "supervisor", "null"), ("sid", "supervisor", "null"), ("sam", "supervisor", "null"), ("max", "manager", "null") })
        {
            await river.Administer(HttpMethod.Post, "/api/people", Entry(id, role, unit));
        }

        await river.Lead("sue", "max");
        return river;
    }

    public static string PlanOf(string number) => $"sample-{number}.home";

    /// <summary>What the mail server took for somebody, of the agency's last 200 messages, the first stored first.</summary>
    public async Task<IReadOnlyList<TakenMail>> MailTo(string person) => [.. (await Mail()).Where(mail => mail.To == person)];

    public async Task<IReadOnlyList<TakenMail>> Mail()
    {
        var stored = (await Ask(Administrator, "/api/mail")).AsArray().ToDictionary(each => (string)each!["id"]!, each => each!, StringComparer.Ordinal);
        return
        [
            .. from taken in _server.Taken
               let trace = stored.GetValueOrDefault(Regex.Match(taken.Text, "^Message-ID: <(.*)>", RegexOptions.Multiline).Groups[1].Value)
               where trace is not null
               let at = TimeZoneInfo.ConvertTime((DateTimeOffset)trace["storedAt"]!, Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
               orderby at
               select new TakenMail((string)trace["person"]!, at, (string)trace["subject"]!, Part(taken.Text, "text/plain"), Part(taken.Text, "text/html")),
        ];
    }

    /// <summary>Lets everything happen up to a local day and time, e.g. <c>2027-01-12 12:00</c>, and be handed over.</summary>
    public async Task Play(string until) => await Administer(HttpMethod.Post, "/api/clock", $$"""{"to":"{{Instant(until):O}}"}""");

    /// <summary>Lets what is due by now happen, and be handed over.</summary>
    public Task Settle() => Administer(HttpMethod.Post, "/api/clock", """{"to":"2027-01-01T00:00:00Z"}""");

    /// <summary>Kills the process, and starts it again when so much time has passed without it.</summary>
    public async Task Outage(string until)
    {
        await _host.Kill();
        await _host.DisposeAsync();
        await File.WriteAllTextAsync(_folder.Of("data/clock"), Instant(until).UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        await Start();
        await Settle();
    }

    /// <summary>Who leads the unit from now on.</summary>
    public Task Lead(string? supervisor, string? manager) => Administer(HttpMethod.Put, "/api/units/river", new JsonObject { ["name"] = "River", ["supervisor"] = supervisor, ["manager"] = manager }.ToJsonString());

    public Task Away(string person, string from, string to, string? cover) => Administer(
        HttpMethod.Post, $"/api/people/{person}/absences", new JsonObject { ["id"] = "away", ["from"] = from, ["to"] = to, ["cover"] = cover }.ToJsonString());

    public Task Leave(string person) => Administer(HttpMethod.Put, $"/api/people/{person}", Entry(person, "worker", "\"river\"", active: false, withId: false));

    /// <summary>Opens a case of one child at home today.</summary>
    public async Task Open(string number, string? worker = "will")
    {
        var today = await Today();
        await Administer(HttpMethod.Post, "/api/cases", $$"""
            {"number":"{{number}}","openedOn":"{{today}}","unit":"river","facts":[
              {"fact":"participant","source":"kim","on":"{{today}}","name":"Kim Walkthrough","role":"focus-child","birthDate":"2015-01-01","personType":"voluntary"}
              {{(worker is null ? "" : $$""",{"fact":"assignment","source":"a1","on":"{{today}}","person":"{{worker}}"}""")}}]}
            """);
    }

    public async Task Assign(string number, string worker, bool primary = true) => await Administer(
        HttpMethod.Post, $"/api/cases/sample-{number}/assignments", $$"""{"source":"{{worker}}","on":"{{await Today()}}","person":"{{worker}}","primary":{{(primary ? "true" : "false")}}}""");

    /// <summary>Writes the initial plan and submits it.</summary>
    public async Task Submit(string number, string by = "will")
    {
        var (plan, today) = ($"/api/plans/{PlanOf(number)}", await Today());
        await Done(by, HttpMethod.Post, $"{plan}/versions", $$"""{"kind":"initial","planDate":"{{today}}"}""");
        await Done(by, HttpMethod.Put, $"{plan}/versions/1", $$"""
            {"planDate":"{{today}}","focusChildren":["kim"],"content":{
              "signatures":[{"participant":"kim","signed":"{{today}}"}],
              "serviceObjectives":[{"id":"o1","participant":"kim","objective":"A sleeping place of her own"}],
              "cps":{"caseInformation":"x","persons":"x","reasons":"x","familyStrengths":"x","familyNeeds":"x","goals":"x","whatMustHappen":"x","otherNeeds":"none","reviewOn":"{{today}}","ifBehaviorDoesNotChange":"x"} } }
            """, ("If-Match", "\"1\""));
        await Done(by, HttpMethod.Post, $"{plan}/submission", "{}");
        await Settle();
    }

    /// <summary>The status that approving the version waiting is answered with.</summary>
    public async Task<int> Approve(string number, string by) => (await _host.Send(HttpMethod.Post, $"/api/plans/{PlanOf(number)}/decision", by, """{"kind":"approve"}""")).Status;

    public async Task<string> Stage(string number) => (string)(await Ask(Administrator, $"/api/plans/{PlanOf(number)}"))["stage"]!;

    /// <summary>Who was told what about a case, as its history says.</summary>
    public async Task<IReadOnlyList<ToldLine>> Told(string number) => [.. (await Ask(Administrator, $"/api/cases/sample-{number}/history"))["told"]!.AsArray()
        .Select(told => new ToldLine((string)told!["person"]!, (string)told["role"]!, (string)told["what"]!, (string?)told["step"], (string?)told["because"], (string)told["state"]!))];

    public async Task<JsonNode> Ask(string person, string path) => JsonNode.Parse(await Done(person, HttpMethod.Get, path))!;

    public Task<string> Administer(HttpMethod method, string path, string json) => Done(Administrator, method, path, json);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
        Assert.NotEmpty(_server.Taken);
        Assert.All(_server.Taken, taken => Assert.DoesNotMatch(Unnamed.Families(), $"{taken.Text}\n{Part(taken.Text, "text/plain")}\n{Part(taken.Text, "text/html")}"));
    }

    private async Task Start() => _host = await HostProcess.Start(
        _folder.Of("data"),
        ("Clock:Mode", "simulated"),
        ("Clock:Start", $"{Instant("2027-01-04 09:00"):O}"),
        ("Mail:Kind", "smtp"),
        ("Mail:Smtp:Host", "localhost"),
        ("Mail:Smtp:Port", _server.Port.ToString(CultureInfo.InvariantCulture)),
        ("Mail:Smtp:StartTls", "false"));

    private async Task<string> Today() => (string)(await Ask(Administrator, "/api/me"))["today"]!;

    private async Task<string> Done(string person, HttpMethod method, string path, string? json = null, params (string, string)[] headers)
    {
        var answer = await _host.Send(method, path, person, json, headers);
        Assert.True(answer.Status is 200 or 201, $"{person} {method} {path}: {answer.Status} {answer.Body}");
        return answer.Body;
    }

    private static string Entry(string id, string role, string unit, bool active = true, bool withId = true) =>
        $$"""{{{(withId ? $"\"id\":\"{id}\"," : "")}}"name":"{{char.ToUpperInvariant(id[0])}}{{id[1..]}}","email":"{{id}}@river.example","roles":["{{role}}"],"unit":{{unit}},"active":{{(active ? "true" : "false")}}}""";

    private static DateTimeOffset Instant(string local)
    {
        var at = DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new DateTimeOffset(at, Zone.GetUtcOffset(at)).ToUniversalTime();
    }

    /// <summary>A part of a message, decoded.</summary>
    private static string Part(string message, string type)
    {
        var boundary = Regex.Match(message, "boundary=\"?([^\"\n]+)").Groups[1].Value;
        var part = message.Split($"--{boundary}").Single(each => each.StartsWith($"\nContent-Type: {type}", StringComparison.Ordinal));
        Assert.Contains("Content-Transfer-Encoding: base64", part, StringComparison.Ordinal);
        return Encoding.UTF8.GetString(Convert.FromBase64String(part[part.IndexOf("\n\n", StringComparison.Ordinal)..]));
    }
}
