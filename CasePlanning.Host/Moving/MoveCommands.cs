using System.CommandLine;
using System.Globalization;
using CasePlanning.Host.Settings;
using CasePlanning.Host.Start;
using CasePlanning.Storage.Moving;
using CasePlanning.Storage.Sqlite;

namespace CasePlanning.Host.Moving;

/// <summary><c>export FOLDER</c> and <c>import FOLDER</c>: everything that the database of a process that isn't running holds, into a folder and back.</summary>
internal static class MoveCommands
{
    private const int Refused = 1;

    /// <summary>Cases between two lines of progress.</summary>
    private const int Often = 100;

    private static readonly Argument<string> Folder = new("FOLDER") { Description = "Folder with one file of JSON lines for each kind, and a manifest." };

    public static Command Export() => Create("export", "Writes everything in the database into a folder that another store can be filled from.", Export);

    public static Command Import() => Create("import", "Fills a data directory that has no database from an exported folder, or goes on where that was interrupted.", Import);

    private static Command Create(string name, string description, Func<string, string, TextWriter, CancellationToken, Task<Manifest>> run)
    {
        var command = new Command(name, description) { Folder, SharedOptions.Data };
        command.SetAction(async (parsed, ct) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            try
            {
                var moved = await run(Path.GetFullPath(parsed.GetValue(Folder)!), SharedOptions.DataDirectory(parsed), output, ct);
                await output.WriteLineAsync(string.Join(", ", moved.Kinds.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Kind} {kind.Lines}"))));
                return 0;
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                await error.WriteLineAsync(exception.Message);
                return Refused;
            }
        });
        return command;
    }

    private static async Task<Manifest> Export(string folder, string data, TextWriter output, CancellationToken ct)
    {
        var database = Path.Combine(data, DataDirectory.Database);
        if (!File.Exists(database))
        {
            throw new InvalidDataException($"There is no database {database}.");
        }

        using var held = new DataDirectory(data);
        await using var store = SqliteStore.OpenToRead(database);
        return await Mover.Export(store.Whole, folder, cases => Tell(output, cases, $"{cases} cases written"), ct);
    }

    /// <summary>The database comes into being under another name, so that nobody starts on half of it.</summary>
    private static async Task<Manifest> Import(string folder, string data, TextWriter output, CancellationToken ct)
    {
        var database = Path.Combine(data, DataDirectory.Database);
        if (File.Exists(database))
        {
            throw new InvalidDataException($"There is a database {database} already. Import into a directory without one.");
        }

        using var held = new DataDirectory(data);
        var unfinished = $"{database}.importing";
        Manifest moved;
        await using (var store = SqliteStore.Open(unfinished))
        {
            moved = await Mover.Import(folder, store.Whole, (cases, before) => Tell(output, cases, $"{cases} cases in place, {before} of them from an earlier run"), ct);
        }

        File.Move(unfinished, database);
        await using var whole = SqliteStore.Open(database);
        await whole.Whole.SetMark(null, ct);
        return moved;
    }

    private static void Tell(TextWriter output, long cases, FormattableString progress)
    {
        if (cases % Often == 0)
        {
            output.WriteLine(FormattableString.Invariant(progress));
        }
    }
}
