using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>The built process, really started: with a data directory, settings as environment variables, and its output read line by line.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    public const int Terminate = 15;
    public const int Interrupt = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly string _data;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<string?> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(Process process, string data) => (_process, _data) = (process, data);

    /// <summary>The first address it listens on.</summary>
    public Uri Address { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

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

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<HostProcess> Start(string data, params (string Key, string? Value)[] settings)
    {
        var host = Launch(data, settings);
        if (await host._listening.Task.WaitAsync(Patience, TimeProvider.System) is not { } address)
        {
            throw new InvalidOperationException($"The host ended instead of listening:\n{host.Output}");
        }

        host.Address = new Uri(address);
        host.Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address, Timeout = TimeSpan.FromMinutes(5) };
        return host;
    }

    /// <summary>Starts it without waiting for anything.</summary>
    public static HostProcess Launch(string data, params (string Key, string? Value)[] settings) => Launch([], data, settings);

    public static HostProcess Launch(string[] arguments, string data, params (string Key, string? Value)[] settings)
    {
        Directory.CreateDirectory(data);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CasePlanning.Host.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = data,
        };
        foreach (var inherited in start.Environment.Keys.Where(key => key.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || key == "DOTNET_ENVIRONMENT").ToArray())
        {
            start.Environment.Remove(inherited);
        }

        (string Key, string? Value)[] defaults = [("DOTNET_ENVIRONMENT", "Development"), ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("CasePlanning:DataDirectory", data)];
        foreach (var (key, value) in defaults.Concat(settings))
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var host = new HostProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, data);
        host._process.OutputDataReceived += (_, line) => host.Read(line.Data);
        host._process.ErrorDataReceived += (_, line) => host.Read(line.Data);
        host._process.Exited += (_, _) => host._listening.TrySetResult(null);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Waits until it has written this text.</summary>
    public async Task Wrote(string text)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited, $"The host ended before it wrote '{text}':\n{Output}");
            await Volatile.Read(ref _written).Task.WaitAsync(TimeSpan.FromSeconds(1), TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Waits for its end and says its exit code.</summary>
    public async Task<int> Ended()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal and says how long it took to end.</summary>
    public async Task<TimeSpan> EndedBy(int signal)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var sending = Process.Start("bash", ["-c", FormattableString.Invariant($"kill -{signal} {_process.Id}")]);
        await Ended();
        return TimeProvider.System.GetElapsedTime(began);
    }

    /// <summary>SIGKILL: nothing is finished, nothing is flushed.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends a request as a sample person, or as nobody.</summary>
    public async Task<Answer> Send(HttpMethod method, string path, string? person = null, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (person is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"sample-{person}");
        }

        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await Client.SendAsync(request);
        return new Answer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Location?.OriginalString);
    }

    /// <summary>Ends it, whatever it does, and searches what it sent, and logged while it served, for names.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Kill();
        }

        Client?.Dispose();
        _process.Dispose();
        Unnamed.Check(Client is null ? "" : Output, Path.Combine(_data, "mail"));
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Append(line).Append('\n');
        }

        if (Listening().Match(line) is { Success: true } found)
        {
            _listening.TrySetResult(found.Groups["address"].Value);
        }

        Interlocked.Exchange(ref _written, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    [GeneratedRegex(@"Now listening on: (?<address>http\S+)")]
    private static partial Regex Listening();
}

internal sealed record Answer(int Status, string Body, string? Location);

/// <summary>A directory of its own, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("case-planning-").FullName;

    public string Of(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(25);

    /// <summary>Looks again and again until something holds.</summary>
    public static async Task Holds(Func<Task<bool>> condition, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"Waited in vain: {what}");
            await Task.Delay(Between, TimeProvider.System);
        }
    }
}
