using CasePlanning.Functions.Moving;
using CasePlanning.Functions.Tables;
using CasePlanning.Storage.Moving;
using CasePlanning.Storage.Sqlite;
using CasePlanning.Storage.Tables;
using CasePlanning.Storage.Tests.Contract;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Functions.Tests.Tables;

/// <summary>From the self-hosted process's database into an account, and out of it.</summary>
public sealed class MoveHouseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("case-planning-");

    [Fact]
    public async Task An_account_is_filled_from_a_database_and_gives_the_same_folder_back()
    {
        await using (var store = SqliteStore.Open(Of("cases.db")))
        {
            await store.Directory.Save(Sample.Agency(), default);
            await store.Directory.Save(Sample.Person("ines"), default);
            await store.Cases.Save(Sample.Opened("a-1") with { Wakes = [Sample.Wake("a-1", Sample.Noon)], Messages = [Sample.Message("m") with { Case = "a-1" }], History = [Sample.Entry("a-1", "1.1")] }, default);
            await store.Outbox.Add(Sample.Message("digest"), default);
            await Mover.Export(store.Whole, Of("export"), _ => { }, default);
        }

        var account = await Azurite.Account();
        Assert.Equal("", (await Ran(0, account, "import", Of("export"))).Error);
        Assert.Contains("cases 1, ", (await Ran(0, account, "export", Of("again"))).Output, StringComparison.Ordinal);

        Assert.All(Directory.GetFiles(Of("export")), file => Assert.Equal(File.ReadAllText(file), File.ReadAllText(Of($"again/{Path.GetFileName(file)}"))));
        Assert.Contains("The store isn't empty", (await Ran(1, account, "import", Of("export"))).Error, StringComparison.Ordinal);
        Assert.Contains("there is nothing to move; set tables", (await Ran(1, null, "export", Of("nothing"))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_refuses_or_cant_be_reached_is_told_of_in_a_sentence()
    {
        var account = await Azurite.Account();
        var key = account.Split(';').Single(part => part.StartsWith("AccountKey=", StringComparison.Ordinal));
        var refused = await Ran(1, account.Replace(key, "AccountKey=bm90IHRoZSBrZXk=", StringComparison.Ordinal), "export", Of("refused"));
        Assert.Equal(
            "The storage account refuses this identity or key (403); an identity most likely lacks the role Storage Table Data Contributor, which takes some minutes to count once it is given.",
            refused.Error.TrimEnd());

        var address = new Uri(account.Split(';').Single(part => part.StartsWith("TableEndpoint=", StringComparison.Ordinal))["TableEndpoint=".Length..]);
        var away = await Ran(1, account.Replace($":{address.Port}/", $":{Engine.FreePort()}/", StringComparison.Ordinal), "export", Of("away"));
        Assert.StartsWith("The storage account can't be reached: ", away.Error, StringComparison.Ordinal);
        Assert.Single(away.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_process_doesnt_start_over_half_an_import()
    {
        var account = await Azurite.Account();
        using var host = Shell.Build([.. ShellTests.TryingOut, "--CasePlanning:Store=tables", $"--Tables:ConnectionString={account}"]);
        var start = ActivatorUtilities.CreateInstance<TablesAtStart>(host.Services);
        await start.StartingAsync(default);
        await host.Services.GetRequiredService<TablesStore>().Whole.SetMark("half", default);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => start.StartingAsync(default));

        Assert.Equal("An import into these tables wasn't finished. Run it again before the process starts.", refusal.Message);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<(string Output, string Error)> Ran(int code, string? account, params string[] args)
    {
        var settings = new Dictionary<string, string?> { ["CasePlanning:Store"] = account is null ? "memory" : "tables", ["Tables:ConnectionString"] = account };
        using StringWriter output = new(), error = new();
        Assert.True(MoveHouse.IsAskedFor(args));
        Assert.Equal(code, await MoveHouse.Run(args, new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), output, error, default));
        return (output.ToString(), error.ToString());
    }

    private string Of(string name) => Path.Combine(_folder.FullName, name);
}
