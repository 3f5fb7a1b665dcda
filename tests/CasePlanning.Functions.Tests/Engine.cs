using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using CasePlanning.Functions.Loops;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Functions.Tests;

/// <summary>The Durable Task engine in memory, on a port of its own, with the loops of the shell and a tick of the test's choosing.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private readonly DurableTaskTestHost _host;
    private readonly GrpcChannel _channel;
    private readonly WorkRecorder _recorder;

    private Engine(DurableTaskTestHost host, GrpcChannel channel, WorkRecorder recorder, Uri address)
    {
        (_host, _channel, _recorder, Address) = (host, channel, recorder, address);
        Signal = new DurableSignal(Clients, TimeProvider.System, Log);
    }

    public DurableTaskClient Client => _host.Client;

    /// <summary>Where it listens, for processes beside this one.</summary>
    public Uri Address { get; }

    public DurableClients Clients { get; } = new();

    public DurableSignal Signal { get; }

    public WarningLog<DurableSignal> Log { get; } = new();

    /// <summary>The pieces of work that the engine gave out, each with the history it is done from.</summary>
    public IReadOnlyCollection<OrchestratorRequest> Work => _recorder.Work;

    /// <param name="tick">The step of plans and cases.</param>
    /// <param name="dispatch">The step of messages.</param>
    public static async Task<Engine> Start(Func<string, Task<TickReport>> tick, Func<string, Task<TickReport>>? dispatch = null)
    {
        var port = FreePort();
        var channel = GrpcChannel.ForAddress($"http://localhost:{port}");
        var recorder = new WorkRecorder();
        var host = await DurableTaskTestHost.StartAsync(
            tasks =>
            {
                tasks.AddOrchestratorFunc(nameof(PlanLifecycle), context => PlanLifecycle.Run(context));
                tasks.AddOrchestratorFunc(nameof(CaseDuties), context => CaseDuties.Run(context));
                tasks.AddOrchestratorFunc(nameof(DispatchMail), context => DispatchMail.Run(context));
                tasks.AddActivityFunc<string, TickReport>(nameof(Tick), (_, subject) => tick(subject));
                tasks.AddActivityFunc<string, TickReport>(nameof(Dispatch), (_, subject) => (dispatch ?? tick)(subject));
            },
            new DurableTaskTestHostOptions
            {
                Port = port,
                ConfigureServices = services => services.PostConfigureAll<GrpcDurableTaskWorkerOptions>(options =>
                {
                    options.Channel = null;
                    options.CallInvoker = channel.Intercept(recorder);
                }),
            });
        return new Engine(host, channel, recorder, new Uri($"http://localhost:{port}"));
    }

    /// <summary>Cancels what should have happened long ago.</summary>
    public static CancellationToken Soon() => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    /// <summary>Signals as a function does, with the client it was bound to.</summary>
    public Task Nearer(string subject, CancellationToken ct = default)
    {
        Clients.Lend(Client);
        return Signal.Nearer(subject, default, ct);
    }

    public Task<OrchestrationMetadata> Completion(string subject) => Client.WaitForInstanceCompletionAsync(subject, getInputsAndOutputs: true, Soon());

    /// <summary>Waits until the engine shows a state that nothing announces; asking again is the only way.</summary>
    public async Task Reaches(string subject, OrchestrationRuntimeStatus status)
    {
        var soon = Soon();
        while ((await Client.GetInstanceAsync(subject, soon))?.RuntimeStatus != status)
        {
            await Task.Yield();
        }
    }

    /// <summary>Waits until an instance shows a status of its own, which is after its first step.</summary>
    public async Task Reports(string subject)
    {
        var soon = Soon();
        while ((await Client.GetInstanceAsync(subject, getInputsAndOutputs: true, soon))?.SerializedCustomStatus is null)
        {
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _channel.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class WorkRecorder : Interceptor
    {
        public ConcurrentQueue<OrchestratorRequest> Work { get; } = new();

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            var call = continuation(request, context);
            return new(new Reader<TResponse>(call.ResponseStream, Record), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
        }

        private void Record(object message)
        {
            if (message is WorkItem { OrchestratorRequest: { } work })
            {
                Work.Enqueue(work.Clone());
            }
        }

        private sealed class Reader<T>(IAsyncStreamReader<T> inner, Action<object> record) : IAsyncStreamReader<T>
        {
            public T Current => inner.Current;

            public async Task<bool> MoveNext(CancellationToken cancellationToken)
            {
                var moved = await inner.MoveNext(cancellationToken);
                if (moved)
                {
                    record(inner.Current!);
                }

                return moved;
            }
        }
    }
}

/// <summary>Keeps the warnings that were logged.</summary>
internal sealed class WarningLog<T> : ILogger<T>
{
    public ConcurrentQueue<string> Warnings { get; } = new();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Warning)
        {
            Warnings.Enqueue(formatter(state, exception));
        }
    }
}
