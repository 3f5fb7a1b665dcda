using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using CasePlanning.Functions.Tables;
using CasePlanning.Storage.Tables;

namespace CasePlanning.Functions.Tests.Tables;

/// <summary>
/// Azurite's table service, in memory and on a port of its own, started by the first test that needs it. npm installs it once into a folder
/// beside other temporary files. Each caller gets an account to itself, so that tests run side by side.
/// </summary>
internal static class Azurite
{
    private const string Version = "3.35.0";
    private const int Accounts = 5000;

    /// <summary>Of every account.</summary>
    private const string Key = "a2V5";

    /// <summary>Ends with the process of the tests, whose end closes its input.</summary>
    private const string Script =
        "process.stdin.on('end', () => process.exit()).resume(); process.argv.splice(1, 0, 'azurite'); require('azurite/dist/src/table/main.js')";

    private static readonly Lazy<Task<int>> Port = new(() => Task.Run(Start));
    private static int _accounts;

    /// <summary>The connection string of an account that nobody else has, without tables.</summary>
    public static async Task<string> Account()
    {
        var port = await Port.Value;
        var number = Interlocked.Increment(ref _accounts);
        Assert.True(number <= Accounts, $"The tests use more than {Accounts} accounts.");
        return string.Create(CultureInfo.InvariantCulture, $"DefaultEndpointsProtocol=http;AccountName=a{number};AccountKey={Key};TableEndpoint=http://127.0.0.1:{port}/a{number};");
    }

    /// <summary>The port over an account of its own, with the store's tables.</summary>
    public static async Task<ITableService> Tables()
    {
        var tables = Over(await Account());
        await tables.Create(TablesStore.Names, default);
        return tables;
    }

    public static AzureTables Over(string account, TableClientOptions? options = null) => new(new TableServiceClient(account, options), TimeProvider.System);

    private static async Task<int> Start()
    {
        var folder = await Install();
        var port = Engine.FreePort();
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = string.Concat(Enumerable.Range(1, Accounts).Select(number => FormattableString.Invariant($"a{number}:{Key};"))) },
        };
        string[] arguments = ["-e", Script, "--", "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--inMemoryPersistence", "--tablePort", port.ToString(CultureInfo.InvariantCulture)];
        Array.ForEach(arguments, start.ArgumentList.Add);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var azurite = new Process { StartInfo = start, EnableRaisingEvents = true };
        azurite.Exited += (_, _) => started.TrySetException(new InvalidOperationException("Azurite ended before it had started."));
        azurite.ErrorDataReceived += (_, _) => { };
        azurite.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("successfully started", StringComparison.Ordinal) == true)
            {
                started.TrySetResult();
            }
        };
        Start(azurite);
        // Both are read to their end: it stands still once it has filled one of them.
        azurite.BeginErrorReadLine();
        azurite.BeginOutputReadLine();
        await started.Task;
        return port;
    }

    /// <summary>Into a folder that gets its name when it is complete, so that two runs at once don't disturb each other.</summary>
    private static async Task<string> Install()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"case-planning-azurite-{Version}");
        if (Directory.Exists(folder))
        {
            return folder;
        }

        var unfinished = Directory.CreateTempSubdirectory("case-planning-azurite-").FullName;
        var (code, said) = await Npm("install", "--prefix", unfinished, "--no-fund", "--no-audit", $"azurite@{Version}");
        Assert.True(code == 0, $"npm can't install azurite {Version}, over which the tests of the store for Azure Tables run: {said}");
        try
        {
            Directory.Move(unfinished, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        return folder;
    }

    private static async Task<(int Code, string Said)> Npm(params string[] arguments)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        using var npm = new Process { StartInfo = start };
        Start(npm);
        var (said, failed) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync();
        return (npm.ExitCode, await said + await failed);
    }

    private static void Start(Process process)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException(
                $"There is no {process.StartInfo.FileName} on the path. The tests of the store for Azure Tables run over Azurite {Version}, which npm installs and node runs: install Node.js, which brings both.", missing);
        }
    }
}
