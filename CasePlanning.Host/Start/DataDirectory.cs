namespace CasePlanning.Host.Start;

/// <summary>The directory that holds everything, readable by nobody else, and held by one process at a time.</summary>
public sealed class DataDirectory : IDisposable
{
    /// <summary>The file in it that is the database.</summary>
    public const string Database = "case-planning.db";

    private readonly FileStream _lock;

    /// <summary>Makes the directory where there is none. Throws <see cref="IOException"/> while another process holds it.</summary>
    public DataDirectory(string path)
    {
        if (!Directory.Exists(path))
        {
            _ = OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(path)
                : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        try
        {
            _lock = new FileStream(Path.Combine(path, "in-use"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new IOException($"Another process works in {path}. End it, or set CasePlanning:DataDirectory to a directory of its own.", exception);
        }
    }

    public void Dispose() => _lock.Dispose();
}
