using System.Globalization;
using System.Text;
using System.Text.Json;
using CasePlanning.Application;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Pipeline;

/// <summary>A successful answer, ready to be written, or kept under an idempotency key.</summary>
/// <param name="Body">Text as UTF-8.</param>
internal sealed record Reply(int Status, byte[] Body, string? ETag = null, string? Location = null, string ContentType = "application/json; charset=utf-8")
{
    /// <summary>What a browser is to save it as, or null.</summary>
    public string? FileName { get; init; }

    public string CacheControl { get; init; } = "no-store";

    /// <summary>True where another Accept is answered in another format.</summary>
    public bool VariesByAccept { get; init; }

    public static Reply Ok<T>(T value, int? revision = null) => new(StatusCodes.Status200OK, Json(value), Tag(revision));

    /// <summary>201 with the address of what is new, or 200 when it was on record before.</summary>
    public static Reply Recorded<T>(T value, bool isNew, string location, int? revision = null) =>
        new(isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, Json(value), Tag(revision), location);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, ApplicationJson.Options);

    private static string? Tag(int? revision) => revision is { } number ? string.Create(CultureInfo.InvariantCulture, $"\"{number}\"") : null;
}
