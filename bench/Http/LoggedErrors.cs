using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Bench.Http;

/// <summary>Keeps the errors a process logs. What failed and was tried again after a pause is no fast answer, and says why it was slow.</summary>
internal sealed class LoggedErrors : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _errors = [];

    /// <summary>Throws if there were any.</summary>
    public void Check()
    {
        if (_errors.TryPeek(out var first))
        {
            throw new WrongAnswerException($"{Line.Text(_errors.Count)} errors were logged, the first of them: {first}");
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _errors.Enqueue($"{formatter(state, exception)} {exception?.GetType().Name}: {exception?.Message}");
        }
    }

    public void Dispose()
    {
    }
}
