using System.Globalization;
using CasePlanning.Api.Pipeline;
using CasePlanning.Domain;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Resources;

/// <summary>Makes operations from typed handlers.</summary>
internal static class Define
{
    /// <summary>An operation that only reads.</summary>
    public static Operation Read<T>(string name, string route, Policy policy, string summary, Func<Call, Task<Result<T>>> handle, Func<T, int>? revision = null, params QueryParameter[] query)
        where T : notnull => new()
        {
            Name = name,
            Resource = "",
            Method = HttpMethods.Get,
            Route = route,
            Policy = policy,
            Summary = summary,
            Response = typeof(T),
            Query = query,
            HasETag = revision is not null,
            Handle = call => Outcome.Of(handle(call)),
            Render = (_, value) => Reply.Ok((T)value, revision?.Invoke((T)value)),
        };

    /// <summary>An operation that changes a case; it keeps its reply under the caller's idempotency key.</summary>
    public static Operation Write<TBody, T>(
        string name, string method, string route, Policy policy, string summary, Func<Call, TBody, Task<Result<T>>> handle, Func<T, int>? revision = null)
        where TBody : class
        where T : notnull => Plain(name, method, route, policy, summary, handle: call => handle(call, (TBody)call.Body!), revision) with { RequestBody = typeof(TBody) };

    /// <summary>An operation that changes a case and takes no body.</summary>
    public static Operation Plain<T>(string name, string method, string route, Policy policy, string summary, Func<Call, Task<Result<T>>> handle, Func<T, int>? revision = null)
        where T : notnull => new()
        {
            Name = name,
            Resource = "",
            Method = method,
            Route = route,
            Policy = policy,
            Summary = summary,
            Response = typeof(T),
            KeepsReply = true,
            HasETag = revision is not null,
            Handle = call => Outcome.Of(handle(call)),
            Render = (_, value) => Reply.Ok((T)value, revision?.Invoke((T)value)),
        };

    /// <summary>The operation, answering 201 with the address of what is new and 200 for what was on record.</summary>
    public static Operation Creating<T>(this Operation operation, Func<Call, T, bool> isNew, Func<T, string> location, Func<T, int>? revision = null) => operation with
    {
        Successes = [StatusCodes.Status201Created, StatusCodes.Status200OK],
        HasETag = revision is not null,
        Render = (call, value) => Reply.Recorded((T)value, isNew(call, (T)value), location((T)value), revision?.Invoke((T)value)),
    };

    /// <summary>The operation in a shell's directory: it may be repeated as it is, so no reply is kept.</summary>
    public static Operation Repeatable(this Operation operation) => operation with { KeepsReply = false };

    /// <summary>The operation, answering its list as CSV to those who ask for it.</summary>
    /// <param name="file">What the file's name begins with; the agency's date follows.</param>
    /// <param name="rows">The answer as flat records.</param>
    public static Operation AlsoAsCsv<T, TRow>(this Operation operation, string file, Func<T, IEnumerable<TRow>> rows) where TRow : notnull => operation with
    {
        HasCsv = true,
        Query = [.. operation.Query, Formats.Parameter],
        Render = (call, value) => (Formats.Of(call) == Format.Json ? operation.Render(call, value)
            : new Reply(StatusCodes.Status200OK, Reply.Utf8(Csv.Write(rows((T)value))), ContentType: $"{Csv.MediaType}; charset=utf-8; header=present")
            {
                FileName = string.Create(CultureInfo.InvariantCulture, $"{file}-{call.Caller.Today:yyyy-MM-dd}.csv"),
            }) with
        {
            VariesByAccept = true,
        },
    };

    public static IReadOnlyList<Operation> Group(string resource, params IEnumerable<Operation> operations) =>
        [.. operations.Select(operation => operation with { Resource = resource })];

    public static Result<T> Ok<T>(T value) where T : notnull => value;

    public static Task<Result<T>> Answer<T>(T value) where T : notnull => Task.FromResult<Result<T>>(value);
}
