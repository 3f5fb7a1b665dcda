using System.Globalization;

namespace CasePlanning.Storage.Sqlite;

/// <summary>One numbered step of the schema, a file in <c>Migrations/</c>. A released step is never edited.</summary>
internal sealed record Migration(int Number, string Name, string Sql)
{
    private const string Folder = "CasePlanning.Storage.Migrations.";

    /// <summary>The program's migrations in order.</summary>
    public static IReadOnlyList<Migration> Embedded()
    {
        var assembly = typeof(Migration).Assembly;
        return
        [
            .. from resource in assembly.GetManifestResourceNames()
               where resource.StartsWith(Folder, StringComparison.Ordinal)
               let name = resource[Folder.Length..^".sql".Length]
               orderby name
               select new Migration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, Text(resource)),
        ];

        string Text(string resource)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            return reader.ReadToEnd();
        }
    }

    /// <summary>Refuses a database that isn't exactly at this program's last step.</summary>
    public static void Expect(IReadOnlyList<Migration> migrations, SqliteSession session, string path)
    {
        var stored = session.One("SELECT MAX(number) FROM schema_migrations", row => row.IsNull(0) ? 0 : row.Int(0));
        if (stored != migrations[^1].Number)
        {
            throw new InvalidDataException($"The database {path} was written by another release: its schema is at step {stored}, and this program reads step {migrations[^1].Number}. Ask with the release that wrote it, or start this one on it first.");
        }
    }

    /// <summary>Brings a database up to date in one transaction, and refuses one that is ahead of this program.</summary>
    public static void Apply(IReadOnlyList<Migration> migrations, SqliteSession session, string path)
    {
        session.Script("BEGIN IMMEDIATE");
        session.Script("CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL)");
        var stored = session.One("SELECT MAX(number) FROM schema_migrations", row => row.IsNull(0) ? 0 : row.Int(0));
        var known = migrations.Count == 0 ? 0 : migrations[^1].Number;
        if (stored > known)
        {
            throw new InvalidDataException(
                $"The database {path} was written by a newer release: its schema is at step {stored}, and this program knows steps up to {known}. Start that release, or restore a backup made before it.");
        }

        foreach (var migration in migrations.Where(each => each.Number > stored))
        {
            session.Script(migration.Sql);
            session.Run("INSERT INTO schema_migrations VALUES ($number, $name)", migration.Number, migration.Name);
        }

        session.Script("COMMIT");
    }
}
