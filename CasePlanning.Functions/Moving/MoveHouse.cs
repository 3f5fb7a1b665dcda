using CasePlanning.Functions.Settings;
using CasePlanning.Functions.Tables;
using CasePlanning.Storage.Moving;
using CasePlanning.Storage.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Functions.Moving;

/// <summary><c>export FOLDER</c> and <c>import FOLDER</c> over the tables that the settings name, while the function app is stopped.</summary>
public static class MoveHouse
{
    private const int Refused = 1;

    public static bool IsAskedFor(string[] args) => args is ["export" or "import", _];

    /// <summary>Says how it went, and whether it did.</summary>
    public static async Task<int> Run(string[] args, IConfiguration configuration, TextWriter output, TextWriter error, CancellationToken ct)
    {
        try
        {
            await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddTables(Tables(configuration)).BuildServiceProvider();
            await services.GetRequiredService<AzureTables>().Create(TablesStore.Names, ct);
            var (whole, folder) = (services.GetRequiredService<TablesStore>().Whole, Path.GetFullPath(args[1]));
            var moved = args[0] == "export" ? await Mover.Export(whole, folder, MoveProgress.Written(output), ct) : await Import(folder, whole, output, ct);
            await output.WriteLineAsync(moved.ToString());
            return 0;
        }
        catch (Exception exception) when (Sentence(exception) is { } sentence)
        {
            await error.WriteLineAsync(sentence);
            return Refused;
        }
    }

    /// <summary>What is wrong with the folder, the settings or the tables; null for what nobody foresaw.</summary>
    private static string? Sentence(Exception exception) =>
        exception is IOException or InvalidDataException or UnauthorizedAccessException or SettingsException ? exception.Message : TableFailures.Sentence(exception);

    private static StoreSettings Tables(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var store = StoreSettings.Read(reader);
        reader.Require(store.Kind == StoreKind.Tables, "CasePlanning:Store is 'memory', where there is nothing to move; set tables.");
        return reader.Checked(store);
    }

    private static async Task<Manifest> Import(string folder, IMovable whole, TextWriter output, CancellationToken ct)
    {
        var moved = await Mover.Import(folder, whole, MoveProgress.InPlace(output), ct);
        await whole.SetMark(null, ct);
        return moved;
    }
}
