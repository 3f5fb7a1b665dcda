using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using CasePlanning.Application;
using CasePlanning.Host.Tests.Simulation;

namespace CasePlanning.Host.Tests.Infra;

/// <summary>What can be checked of the Bicep files without their compiler: that names agree across files, and that there is no secret in them.</summary>
public sealed partial class BicepTests
{
    /// <summary>Built-in roles that the app's identity may have, each on one resource: learn.microsoft.com/azure/role-based-access-control/built-in-roles.</summary>
    private static readonly Dictionary<string, string> Roles = new(StringComparer.Ordinal)
    {
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["0ad04412-c4d5-4796-b79c-f76d14c8d402"] = "Durable Task Data Contributor",
    };

    private static readonly Setting[] Listed = JsonSerializer.Deserialize<Setting[]>(Text("settings.json"), JsonSerializerOptions.Web)!;

    private static readonly string[] All =
        [.. Directory.EnumerateFiles(Playing.InRepository("infra"), "*.bicep*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Playing.InRepository("infra"), path)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Files { get; } = [.. All];

    [Fact]
    public void Each_setting_is_listed_once_and_a_secret_on_Azure_lies_in_the_vault()
    {
        Assert.Equal(Listed.Select(setting => setting.Name).Distinct(StringComparer.Ordinal), Listed.Select(setting => setting.Name));
        Assert.All(Listed, setting =>
        {
            Assert.Contains(setting.Source, (string[])["value", "vault", "identity", "platform"]);
            Assert.Contains(setting.Where, (string[])["azure", "local", "both"]);
            Assert.Equal(setting.Source == "vault", setting.Vault is not null);
            Assert.True(!setting.Secret || setting.Where == "local" || setting.Source == "vault", $"{setting.Name} is a secret, and would be a setting in the clear.");
            Assert.False(string.IsNullOrWhiteSpace(setting.What));
        });
    }

    [Fact]
    public void The_template_gives_a_value_to_each_setting_of_Azure_that_needs_one_and_to_no_other()
    {
        var given = Given().Matches(Between(Text("main.bicep"), "values: {", "\n    }\n")).Select(match => match.Groups[1].Value);

        Assert.Equal(Listed.Where(setting => setting is { Where: "azure" or "both", Source: "value" or "identity" }).Select(setting => setting.Name).Order(StringComparer.Ordinal), given.Order(StringComparer.Ordinal));
        Assert.Contains("loadJsonContent('../settings.json')", Text("modules/settings.bicep"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_parameter_file_names_parameters_of_the_template_and_all_that_have_no_default()
    {
        var parameters = Parameters(Text("main.bicep"));
        var named = Assigned().Matches(Text("main.bicepparam")).Select(match => match.Groups[1].Value).ToArray();

        Assert.Empty(named.Except(parameters.Keys));
        Assert.Empty(parameters.Where(parameter => !parameter.Value).Select(parameter => parameter.Key).Except(named));
    }

    [Theory, MemberData(nameof(Files))]
    public void Each_module_is_given_its_parameters(string file)
    {
        foreach (Match use in Module().Matches(Text(file)))
        {
            var parameters = Parameters(Text(Path.Combine(Path.GetDirectoryName(file)!, use.Groups["path"].Value)));
            var given = Member().Matches(use.Groups["params"].Value).Select(match => match.Groups[1].Value).ToArray();

            Assert.Empty(given.Except(parameters.Keys));
            Assert.Empty(parameters.Where(parameter => !parameter.Value).Select(parameter => parameter.Key).Except(given));
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void There_is_no_key_and_no_role_but_those_of_the_table(string file)
    {
        var text = Text(file);

        Assert.DoesNotMatch("(?i)listKeys|AccountKey|SharedAccessSignature|password|api-?key *[:=] *'|Bearer |InstrumentationKey", text);
        Assert.All(Guid().Matches(text), match => Assert.Contains(match.Value, Roles.Keys));
    }

    [Fact]
    public void Every_role_of_the_table_is_given()
    {
        var text = string.Concat(All.Select(Text));

        Assert.All(Roles.Keys, role => Assert.Contains(role, text, StringComparison.Ordinal));
    }

    /// <summary>As docs/deploy.md lists them; that of the scheduler stands in its own file.</summary>
    [Theory]
    [InlineData("hub", "Storage Blob Data Owner", "Storage Queue Data Contributor", "Storage Table Data Contributor")]
    [InlineData("data", "Storage Table Data Contributor")]
    [InlineData("vault", "Key Vault Secrets User")]
    [InlineData("monitoring", "Monitoring Metrics Publisher")]
    public void A_resource_gives_the_app_its_roles_and_no_other(string module, params string[] roles)
    {
        var text = Text("main.bicep");
        var ids = RoleId().Matches(text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.Ordinal);

        Assert.Equal(roles, UsedRole().Matches(Between(text, $"module {module} ", "\n}\n")).Select(match => Roles[ids[match.Groups[1].Value]]));
    }

    [Theory]
    [InlineData("storage", "account")]
    [InlineData("vault", "vault")]
    [InlineData("monitoring", "insights")]
    [InlineData("scheduler", "scheduler")]
    public void A_role_is_assigned_on_its_resource_alone(string file, string resource)
    {
        var assignment = Assert.Single(Assignment().Matches(Text($"modules/{file}.bicep"))).Value;

        Assert.Contains($"\n  scope: {resource}\n", assignment, StringComparison.Ordinal);
        Assert.Contains("\n    principalId: principalId\n", assignment, StringComparison.Ordinal);
        Assert.Contains("('Microsoft.Authorization/roleDefinitions', role)\n", assignment, StringComparison.Ordinal);
        Assert.DoesNotContain("roleAssignments@", Text("main.bicep"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("storage", "allowSharedKeyAccess: false")]
    [InlineData("storage", "allowBlobPublicAccess: false")]
    [InlineData("vault", "enableRbacAuthorization: true")]
    [InlineData("monitoring", "DisableLocalAuth: true")]
    public void Only_identities_get_in(string file, string property) => Assert.Contains($"    {property}\n", Text($"modules/{file}.bicep"), StringComparison.Ordinal);

    [Fact]
    public void Alerts_watch_what_the_product_measures()
    {
        var measured = new HashSet<string>(StringComparer.Ordinal);
        using (var listener = new MeterListener { InstrumentPublished = (instrument, _) => measured.UnionWith(instrument.Meter.Name == Telemetry.Name ? [instrument.Name] : []) })
        {
            System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(Telemetry).TypeHandle);
            listener.Start();
        }

        var watched = Metric().Matches(Text("modules/monitoring.bicep")).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(watched.Except(measured));
        Assert.Equal(
            ["case_planning.instances.failed", "case_planning.mail.dead", "case_planning.mail.oldest_unsent", "case_planning.mail.unheard", "case_planning.wakes.oldest_overdue"],
            watched.Order(StringComparer.Ordinal));
    }

    private static string Text(string file) => File.ReadAllText(Playing.InRepository($"infra/{file}"));

    /// <summary>Parameters by name; true for one with a default.</summary>
    private static Dictionary<string, bool> Parameters(string text) =>
        Parameter().Matches(text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Success, StringComparer.Ordinal);

    private static string Between(string text, string opening, string closing)
    {
        var start = text.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        return text[start..text.IndexOf(closing, start, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"^ {6}([A-Za-z_]+):", RegexOptions.Multiline)]
    private static partial Regex Given();

    [GeneratedRegex(@"^param (\w+) [\w\[\]]+( = .*)?$", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^param (\w+) = ", RegexOptions.Multiline)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"^module \w+ '(?<path>[^']+)'.*?^  params: \{\n(?<params>.*?)^  \}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Module();

    [GeneratedRegex(@"^ {4}(\w+):", RegexOptions.Multiline)]
    private static partial Regex Member();

    [GeneratedRegex(@"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Guid();

    [GeneratedRegex(@"^  (\w+): '([0-9a-f-]{36})'$", RegexOptions.Multiline)]
    private static partial Regex RoleId();

    [GeneratedRegex(@"\broles\.(\w+)")]
    private static partial Regex UsedRole();

    [GeneratedRegex(@"^resource \w+ '[^']*/roleAssignments@.*?^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Assignment();

    [GeneratedRegex("Name == \"([^\"]+)\"")]
    private static partial Regex Metric();

    private sealed record Setting(string Name, string What, bool Secret, string Source, string? Vault, string Where);
}
