using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using CasePlanning.Application;
using CasePlanning.Application.Cases;
using CasePlanning.Application.People;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Host.Start;

/// <summary>The invented agency of <c>samples/sample-agency.json</c>. Its dates are written relative to the day it is loaded.</summary>
public sealed partial record SampleAgency
{
    public const string Id = "sample";

    public required Agency Agency { get; init; }

    public required IReadOnlyList<Unit> Units { get; init; }

    public required IReadOnlyList<Person> People { get; init; }

    public required IReadOnlyList<SampleCase> Cases { get; init; }

    /// <summary>The file with its dates as they are when loaded at an instant.</summary>
    public static SampleAgency At(DateTimeOffset now)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("sample-agency.json")!;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        var zone = JsonDocument.Parse(text).RootElement.GetProperty("agency").GetProperty("zone").GetString()!;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);
        var dated = RelativeDate().Replace(text, found =>
        {
            var days = found.Groups["days"].Value is { Length: > 0 } count ? int.Parse(count, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
            return today.AddDays(days).ToString("'\"'yyyy-MM-dd'\"'", CultureInfo.InvariantCulture);
        });
        return JsonSerializer.Deserialize<SampleAgency>(dated, ApplicationJson.Options)!;
    }

    [GeneratedRegex("\"today(?<days>[+-][0-9]+)?\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RelativeDate();
}

/// <summary>A case with its first facts and, where somebody has begun one, its plan.</summary>
public sealed record SampleCase
{
    public required string Number { get; init; }

    public required DateOnly OpenedOn { get; init; }

    public required string OpenedBy { get; init; }

    public IReadOnlyList<Fact> Facts { get; init; } = [];

    public SamplePlan? Plan { get; init; }
}

public sealed record SamplePlan
{
    public required Setting Setting { get; init; }

    public required string WrittenBy { get; init; }

    public string? DecidedBy { get; init; }

    public required DateOnly PlanDate { get; init; }

    public required DateOnly CreatedOn { get; init; }

    public DateOnly? SubmittedOn { get; init; }

    public DateOnly? ApprovedOn { get; init; }

    public required JsonElement Content { get; init; }
}

/// <summary>
/// Plays the sample agency through the use cases, each step on its day. A start that was interrupted goes on where it stopped: every step is
/// harmless to repeat, and the file beside the database keeps the instant the dates are counted from.
/// </summary>
public sealed class SampleLoading(Administration administration, CaseFiles cases, Drafting drafting, Submissions submissions, IDirectoryStore directories, TimeProvider clock)
{
    /// <summary>Loads it where the database is new, or where an earlier start stopped in the middle.</summary>
    public async Task Run(string dataDirectory, CancellationToken ct)
    {
        var marker = Path.Combine(dataDirectory, "sample-agency.loading");
        if (!File.Exists(marker))
        {
            if ((await directories.Agencies(ct)).Count > 0)
            {
                return;
            }

            await File.WriteAllTextAsync($"{marker}.new", clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), ct);
            File.Move($"{marker}.new", marker);
        }

        var now = DateTimeOffset.Parse(await File.ReadAllTextAsync(marker, ct), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        await Load(SampleAgency.At(now), now, ct);
        File.Delete(marker);
    }

    private async Task Load(SampleAgency sample, DateTimeOffset now, CancellationToken ct)
    {
        var administrator = sample.People.First(person => person.Is(Role.Administrator));
        Need(await administration.Found(sample.Agency, administrator, ct));
        var founder = await CallerAt(administrator.Id, now, ct);
        foreach (var unit in sample.Units)
        {
            Need(await administration.Put(founder, unit with { Supervisor = null, Manager = null }, null, ct));
        }

        founder = await CallerAt(administrator.Id, now, ct);
        foreach (var person in sample.People.Where(each => each.Id != administrator.Id))
        {
            Need(await administration.Put(founder, person, null, ct));
        }

        founder = await CallerAt(administrator.Id, now, ct);
        foreach (var unit in sample.Units)
        {
            Need(await administration.Put(founder, unit, null, ct));
        }

        foreach (var each in sample.Cases)
        {
            await Open(each, now, ct);
        }
    }

    private async Task Open(SampleCase sample, DateTimeOffset now, CancellationToken ct)
    {
        var opener = await CallerOn(sample.OpenedBy, sample.OpenedOn, 9, now, ct);
        Need(await cases.Open(opener, new NewCase { Number = sample.Number, OpenedOn = sample.OpenedOn, Facts = sample.Facts }, ct));
        if (sample.Plan is { } plan)
        {
            var id = CasePlan.IdFor($"{SampleAgency.Id}-{sample.Number}".ToLowerInvariant(), plan.Setting);
            await Write(id, plan, now, ct);
        }
    }

    private async Task Write(string id, SamplePlan plan, DateTimeOffset now, CancellationToken ct)
    {
        var writer = await CallerOn(plan.WrittenBy, plan.CreatedOn, 10, now, ct);
        var begun = await drafting.Create(writer, id, new VersionRequest { Version = new NewVersion { Kind = CreateKind.Initial, PlanDate = plan.PlanDate } }, ct);
        Need(begun);
        if (begun.Refusal is null)
        {
            var version = begun.Value.Version;
            var head = new DraftHead(version.PlanDate, null, version.FocusChildren, version.Participants);
            Need(await drafting.Save(writer, id, version.Number, new DraftSave(head, ContentOf(plan, id, version.Number), begun.Value.Content.Revision), ct));
        }

        if (plan.SubmittedOn is { } submitted)
        {
            Need(await submissions.Submit(await CallerOn(plan.WrittenBy, submitted, 11, now, ct), id, null, ct));
        }

        if (plan is { ApprovedOn: { } approved, DecidedBy: { } decider })
        {
            Need(await submissions.Decide(await CallerOn(decider, approved, 14, now, ct), id, new Decision { Kind = DecisionKind.Approve }, ct));
        }
    }

    private static PlanContent ContentOf(SamplePlan plan, string id, int version)
    {
        var content = System.Text.Json.Nodes.JsonNode.Parse(plan.Content.GetRawText())!.AsObject();
        content["plan"] = id;
        content["version"] = version;
        return content.Deserialize<PlanContent>(ApplicationJson.Options)!;
    }

    private async Task<Caller> CallerOn(string person, DateOnly date, int hour, DateTimeOffset now, CancellationToken ct)
    {
        var zone = (await directories.Find(SampleAgency.Id, ct))!.Calendar.Zone;
        var local = date.ToDateTime(new TimeOnly(hour, 0));
        var then = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        return await CallerAt(person, then < now ? then : now, ct);
    }

    private async Task<Caller> CallerAt(string person, DateTimeOffset instant, CancellationToken ct)
    {
        var directory = (await directories.Find(SampleAgency.Id, ct))!;
        return new Caller(directory.Person(person)!, directory, instant);
    }

    /// <summary>A step done by an interrupted start is refused the second time, and that is as it should be.</summary>
    private static void Need<T>(Result<T> result)
    {
        if (result.Refusal is { } refusal and not Refusal.AlreadyRecorded and not Refusal.WrongStage)
        {
            throw new InvalidDataException($"samples/sample-agency.json: {refusal.Title} {string.Join(" ", refusal.Reasons.Select(reason => $"{reason.Field}: {reason.Message}"))}");
        }
    }
}
