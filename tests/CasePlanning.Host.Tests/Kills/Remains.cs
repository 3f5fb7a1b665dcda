using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CasePlanning.Host.Tests.Processes;

namespace CasePlanning.Host.Tests.Kills;

/// <summary>What a run leaves behind: every case with its plans, deadlines, history, notices and mail, and the mail as it lies in the folder.</summary>
internal sealed record Remains(IReadOnlyDictionary<string, string> Documents, IReadOnlyDictionary<string, string> Mail)
{
    public static async Task<Remains> Of(HostProcess host, string data)
    {
        var documents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var caseId in Scenario.Cases)
        {
            string[] paths = [$"/api/cases/{caseId}", $"/api/cases/{caseId}/deadlines", $"/api/cases/{caseId}/history", $"/api/plans/{Scenario.PlanOf(caseId)}"];
            foreach (var path in paths)
            {
                var answer = await host.Send(HttpMethod.Get, path, "manager");
                Assert.Equal(200, answer.Status);
                documents[path] = WithoutRunKeys(answer.Body);
            }
        }

        return new(documents, MailIn(Path.Combine(data, "mail")));
    }

    /// <summary>What differs, in words; empty when nothing does.</summary>
    public IReadOnlyList<string> DifferencesFrom(Remains other) =>
    [
        .. Documents.Keys.Union(other.Documents.Keys, StringComparer.Ordinal)
            .Where(path => Documents.GetValueOrDefault(path) != other.Documents.GetValueOrDefault(path))
            .Select(path => $"{path}: {FirstDifference(other.Documents.GetValueOrDefault(path), Documents.GetValueOrDefault(path))}"),
        .. Mail.Keys.Except(other.Mail.Keys, StringComparer.Ordinal).Select(id => $"{id} was sent in this run only"),
        .. other.Mail.Keys.Except(Mail.Keys, StringComparer.Ordinal).Select(id => $"{id} was not sent in this run"),
        .. Mail.Where(mail => other.Mail.TryGetValue(mail.Key, out var text) && text != mail.Value).Select(mail => $"{mail.Key} says something else"),
    ];

    /// <summary>A history entry's key counts units of work, and a run that was killed may have needed others.</summary>
    private static string WithoutRunKeys(string json)
    {
        var node = JsonNode.Parse(json)!;
        if (node is JsonObject document && document["entries"] is JsonArray entries)
        {
            foreach (var entry in entries)
            {
                entry!.AsObject().Remove("key");
            }
        }

        return node.ToJsonString(new JsonSerializerOptions { WriteIndented = false });
    }

    private static SortedDictionary<string, string> MailIn(string folder) => new(
        Directory.GetFiles(folder, "*.eml").ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))),
        StringComparer.Ordinal);

    private static string FirstDifference(string? expected, string? found)
    {
        var (one, two) = (expected ?? "", found ?? "");
        var at = one.Zip(two).TakeWhile(pair => pair.First == pair.Second).Count();
        var from = Math.Max(0, at - 150);
        return $"expected …{one[from..Math.Min(one.Length, at + 150)]}… and found …{two[from..Math.Min(two.Length, at + 150)]}…";
    }
}
