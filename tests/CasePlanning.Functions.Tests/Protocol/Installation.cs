using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Functions.Mail;
using CasePlanning.Functions.Settings;
using CasePlanning.Functions.Tests.Mail;
using CasePlanning.Functions.Tests.Tables;
using CasePlanning.Host.Tests.Processes;
using CasePlanning.Storage;
using CasePlanning.Storage.Tables;

namespace CasePlanning.Functions.Tests.Protocol;

/// <summary>What a worker process has around it: tables in Azurite with an agency, the Durable Task engine, an authority and a mail service.</summary>
public sealed class Installation : IAsyncLifetime
{
    private readonly ScriptedTicks _ticks = new(_ => ScriptedTicks.Ended);
    private MailService _mail = null!;
    private Wire _wire = null!;

    internal Engine Engine { get; private set; } = null!;

    internal TestAuthority Authority { get; private set; } = null!;

    internal IStores Stores { get; private set; } = null!;

    /// <summary>What the mail service was handed, by Message-ID.</summary>
    internal IEnumerable<string> Sent => _mail.Taken.Select(each => each.Body.GetProperty("custom_args").GetProperty(SendGridSender.MessageArgument).GetString()!);

    public async Task InitializeAsync()
    {
        Authority = await TestAuthority.Start();
        _mail = await MailService.Start();
        Engine = await Engine.Start(_ticks.Tick, _ticks.Tick);
        _wire = await Wire.Start();
        var tables = Azurite.Over(_wire.Direct);
        await tables.Create(TablesStore.Names, default);
        Stores = new TablesStore(tables);
        await Stores.Directory.Save(new Agency { Id = "county", Name = "County", Zone = "America/Los_Angeles" }, default);
        await Stores.Directory.Save(new Unit { Id = "unit", Agency = "county", Name = "Unit", Supervisor = "supervisor" }, default);
        foreach (var (id, role) in new[] { ("worker", Role.Worker), ("supervisor", Role.Supervisor) })
        {
            await Stores.Directory.Save(new Person { Id = id, Agency = "county", Name = id, Email = $"{id}@example.org", Unit = "unit", Roles = [role] }, default);
        }
    }

    public async Task DisposeAsync()
    {
        await Engine.DisposeAsync();
        await _wire.DisposeAsync();
        await _mail.DisposeAsync();
        await Authority.DisposeAsync();
    }

    /// <summary>How many requests the workers have sent to the tables.</summary>
    internal int Requests => _wire.Counted.All;

    /// <summary>Completes when the workers have sent so many more.</summary>
    internal Task After(int requests) => _wire.After(requests);

    internal string TokenOf(string person) => Authority.AccessToken($"subject-of-{person}", $"{person}@example.org");

    /// <param name="account">Where its tables are; with the others where none is given.</param>
    internal Task<Platform> Start(string? account = null) => Platform.Start(Engine.Address, Settings(account));

    /// <summary>Starts one whose people the platform signs in.</summary>
    internal Task<Platform> StartBehindThePlatform() =>
        Platform.Start(Engine.Address, new Dictionary<string, string>(Settings(null)) { ["Identity:Authority"] = "", [ShellSettings.PlatformSignsIn] = "True" });

    private Dictionary<string, string> Settings(string? account) => new()
    {
        ["CasePlanning:Store"] = "tables",
        ["Tables:ConnectionString"] = account ?? _wire.Account,
        ["CasePlanning:PublicAddress"] = "https://plans.example.org",
        ["Mail:From"] = "Case planning <plans@example.org>",
        ["SendGrid:ApiKey"] = "key-of-the-account",
        ["SendGrid:Address"] = _mail.Address.ToString(),
        ["Identity:Authority"] = Authority.Issuer,
        ["Identity:Audience"] = TestAuthority.Audience,
        ["Identity:ClientId"] = TestAuthority.ClientId,
        ["Identity:ClientSecret"] = TestAuthority.ClientSecret,
        ["Setup:InstallationAdministrators"] = "root@example.org",
    };
}
