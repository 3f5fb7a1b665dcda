using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CasePlanning.Api.Pipeline;

/// <summary>How a list is answered.</summary>
internal enum Format { Json, Csv }

/// <summary>Finds out how somebody wants a list: by <c>format</c>, else by what they accept most.</summary>
internal static class Formats
{
    public static readonly QueryParameter Parameter = new("format", typeof(Format), "csv for a file to open in a spreadsheet; else what Accept asks for most, and JSON where it doesn't say.");

    public static Format Of(Call call) => call.Query<Format>(Parameter.Name) ?? Accepted(call.Context.Request);

    private static Format Accepted(HttpRequest request) => !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) ? Format.Json
        : accepted.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1).Select(Named).FirstOrDefault(format => format is not null) ?? Format.Json;

    private static Format? Named(MediaTypeHeaderValue type) => type.MediaType.Equals(Csv.MediaType, StringComparison.OrdinalIgnoreCase) ? Format.Csv
        : type.MatchesAllTypes || type.MediaType.StartsWith("application/", StringComparison.OrdinalIgnoreCase) ? Format.Json
        : null;
}
