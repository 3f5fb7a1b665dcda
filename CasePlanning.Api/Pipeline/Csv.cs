using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CasePlanning.Application;
using CsvHelper;

namespace CasePlanning.Api.Pipeline;

/// <summary>
/// Writes flat records as RFC 4180 has it, with a header row. Members are named and written as in JSON, dates as yyyy-MM-dd; the items of a list stand
/// in one cell, joined by semicolons. A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers.
/// </summary>
internal static class Csv
{
    public const string MediaType = "text/csv";

    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.Escape };

    public static string Write<T>(IEnumerable<T> rows) where T : notnull
    {
        var columns = ApplicationJson.Options.GetTypeInfo(typeof(T)).Properties;
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, Options))
        {
            csv.WriteRecord([.. columns.Select(column => column.Name)]);
            foreach (var row in rows)
            {
                foreach (var column in columns)
                {
                    Write(csv, JsonSerializer.SerializeToNode(column.Get!(row), column.PropertyType, ApplicationJson.Options));
                }

                csv.EndRecord();
            }
        }

        return text.ToString();
    }

    private static void Write(CsvWriter csv, JsonNode? value)
    {
        if (value?.GetValueKind() == JsonValueKind.Number)
        {
            csv.WriteField(value.GetValue<decimal>());
        }
        else
        {
            csv.WriteField(value is JsonArray items ? string.Join("; ", items.Select(Text)) : Text(value));
        }
    }

    private static string Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value?.ToJsonString() ?? "";
}
