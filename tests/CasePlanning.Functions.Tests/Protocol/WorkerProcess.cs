using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CasePlanning.Functions.Tests.Protocol;

/// <summary>The built worker, started as the platform starts it: its settings in the environment, and where the platform is on the command line.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    public const string Id = "worker-1";

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private WorkerProcess(Process process) => _process = process;

    public static string Folder { get; } = Functions.PathOf(Path.Combine("CasePlanning.Functions", "bin", Configuration, "net10.0"));

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>As the folder of the tests says it: Debug or Release.</summary>
    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;

    public static WorkerProcess Start(Uri host, IReadOnlyDictionary<string, string> settings)
    {
        string[] arguments =
        [
            Path.Combine(Folder, "CasePlanning.Functions.dll"),
            "--functions-uri", host.ToString(), "--functions-worker-id", Id, "--functions-request-id", "start", "--functions-grpc-max-message-length", int.MaxValue.ToString(CultureInfo.InvariantCulture),
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = Folder;
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = Folder;
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var worker = new WorkerProcess(new Process { StartInfo = start });
        worker._process.OutputDataReceived += (_, line) => worker.Read(line.Data);
        worker._process.ErrorDataReceived += (_, line) => worker.Read(line.Data);
        worker._process.Start();
        worker._process.BeginOutputReadLine();
        worker._process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Waits for its end and says its exit code.</summary>
    public async Task<int> Ended()
    {
        await _process.WaitForExitAsync(Engine.Soon());
        return _process.ExitCode;
    }

    /// <summary>SIGKILL: nothing is finished, nothing is flushed.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Kill();
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
