using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CasePlanning.Api.Pipeline;

/// <summary>Takes request bodies in, up to a limit, whether or not their length was announced.</summary>
internal static class Bodies
{
    /// <summary>Most bytes of a request body.</summary>
    public const int Largest = 1024 * 1024;

    public static async Task<byte[]> Read(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > Largest)
        {
            throw TooLarge();
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (await request.Body.ReadAsync(buffer, ct) is > 0 and var read)
            {
                if (body.Length + read > Largest)
                {
                    throw TooLarge();
                }

                await body.WriteAsync(buffer.AsMemory(0, read), ct);
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge();
        }
        catch (BadHttpRequestException)
        {
            throw new EdgeException(Problems.Unreadable, "The request broke off before its body was complete.");
        }

        return body.ToArray();
    }

    /// <summary>Refuses a body that doesn't say it is JSON in UTF-8.</summary>
    public static void RequireJson(HttpRequest request)
    {
        var isJson = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        if (!isJson)
        {
            throw new EdgeException(Problems.NotJson, "Send JSON, and say so with Content-Type: application/json.");
        }
    }

    private static EdgeException TooLarge() => new(Problems.TooLarge, $"A request body takes at most {Largest / 1024 / 1024} megabyte.");
}
