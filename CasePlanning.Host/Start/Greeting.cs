using System.Globalization;
using CasePlanning.Application;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Host.Settings;
using Spectre.Console;

namespace CasePlanning.Host.Start;

/// <summary>Says what is running: the addresses, where mail goes, and in Development who can sign in and what the sample worker has to do.</summary>
public sealed class Greeting(HostSettings settings, IDirectoryStore directories, DeskReading desk, TimeProvider clock)
{
    private const int DaysAhead = 120;

    public async Task Print(IReadOnlyList<string> addresses, CancellationToken ct)
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = 140;
            console.Profile.Capabilities.Ansi = false;
            console.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        var address = addresses.Count > 0 ? addresses[0] : settings.Serve.PublicAddress;
        console.WriteLine();
        console.WriteLine($"Pages     {address}");
        console.WriteLine($"API       {address}/openapi/v1.json");
        console.WriteLine($"Data      {settings.Serve.DataDirectory}");
        console.WriteLine($"Mail      {(settings.Mail.Smtp is { } smtp ? string.Create(CultureInfo.InvariantCulture, $"goes to {smtp.Host}:{smtp.Port}") : $"is written to {settings.Mail.Folder}")}");
        if (settings.Clock.Mode == ClockMode.Simulated)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Clock     is simulated and stands at {clock.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z; GET and POST {address}/api/clock"));
        }

        if (settings.Identity.SampleSignIn && await directories.Find(SampleAgency.Id, ct) is { } directory)
        {
            await Samples(console, address, directory, ct);
        }

        console.WriteLine();
    }

    private async Task Samples(IAnsiConsole console, string address, AgencyDirectory directory, CancellationToken ct)
    {
        console.WriteLine();
        console.WriteLine($"Sample people; sign in with a click at {address}/signin, or:");
        foreach (var person in directory.People.Where(person => person.Active).OrderBy(person => person.Roles[0]).ThenBy(person => person.Id, StringComparer.Ordinal))
        {
            console.WriteLine($"  {person.Name}, {string.Join(", ", person.Roles).ToLowerInvariant()}");
            console.WriteLine($"    curl -H 'Authorization: Bearer sample-{person.Id}' {address}/api/me/agenda");
        }

        if (directory.Person("worker") is not { } worker)
        {
            return;
        }

        var caller = new Caller(worker, directory, clock.GetUtcNow());
        var mine = (await desk.Mine(caller, new DeskQuestion { Until = caller.Today.AddDays(DaysAhead) }, ct)).Value;
        var table = new Table().Title($"What {Markup.Escape(worker.Name)} has to do, as of {caller.Today:yyyy-MM-dd}").AddColumns("Due", "Case", "What", "Status", "Why");
        foreach (var item in mine.Groups.SelectMany(group => group.Entries))
        {
            table.AddRow(
                item.Due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Markup.Escape(item.CaseNumber), Markup.Escape(item.What), Word(item.Status), Markup.Escape(string.Join(' ', item.Duties.Select(duty => duty.Sentence).Distinct(StringComparer.Ordinal))));
        }

        console.WriteLine();
        console.Write(table);
    }

    private static string Word(DeadlineStatus status) => status switch
    {
        DeadlineStatus.Overdue => "[red]overdue[/]",
        DeadlineStatus.Due => "[yellow]today[/]",
        DeadlineStatus.DueSoon => "[yellow]soon[/]",
        DeadlineStatus.Excused => "excused",
        _ => "later",
    };
}
