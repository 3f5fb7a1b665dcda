using System.Text.RegularExpressions;
using CasePlanning.Host.Tests.Simulation;

namespace CasePlanning.Host.Tests.Infra;

/// <summary>What runs on a build server is what was looked at, with no more rights than it needs.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string[] All = [.. Directory.EnumerateFiles(Playing.InRepository(".github/workflows")).Select(path => Path.GetFileName(path)!)];

    public static TheoryData<string> Workflows { get; } = [.. All];

    [Theory, MemberData(nameof(Workflows))]
    public void Every_action_is_pinned_to_a_commit_with_its_version_beside_it(string workflow)
    {
        var uses = Uses().Matches(Text(workflow)).Select(match => match.Groups[1].Value).ToArray();

        Assert.NotEmpty(uses);
        Assert.All(uses, action => Assert.Matches(@"^[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", action));
    }

    [Fact]
    public void One_version_of_an_action_is_one_commit() => Assert.All(
        All.SelectMany(workflow => Uses().Matches(Text(workflow))).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal).GroupBy(action => action.Split('@')[0], StringComparer.Ordinal),
        versions => Assert.Single(versions));

    [Theory, MemberData(nameof(Workflows))]
    public void Rights_are_the_least(string workflow)
    {
        var text = Text(workflow);
        var granted = Granted().Matches(text).Select(match => match.Groups[1].Value.Trim()).ToArray();

        Assert.Matches(@"(?m)^permissions:( \{\}|\n  contents: read)$", text);
        Assert.All(granted, right => Assert.Contains(right, (string[])["contents: read", "id-token: write"]));
        Assert.DoesNotContain("write-all", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("pull_request_target", text, StringComparison.Ordinal);
        Assert.Equal(Regex.Count(text, "actions/checkout@"), Regex.Count(text, "persist-credentials: false"));
        Assert.DoesNotMatch(@"run: .*\$\{\{", text);
    }

    [Fact]
    public void Only_what_deploys_has_an_identity_and_it_builds_nothing()
    {
        var jobs = Regex.Split(Text("deploy.yml"), @"(?m)^  (?=\w+:$)");

        var identified = Assert.Single(jobs, job => job.Contains("id-token: write", StringComparison.Ordinal));
        Assert.DoesNotContain("dotnet", identified, StringComparison.Ordinal);
        Assert.DoesNotContain("checkout", identified, StringComparison.Ordinal);
        Assert.DoesNotContain("id-token", Text("build.yml"), StringComparison.Ordinal);
    }

    private static string Text(string workflow) => File.ReadAllText(Playing.InRepository($".github/workflows/{workflow}"));

    [GeneratedRegex(@"uses: *(.+)$", RegexOptions.Multiline)]
    private static partial Regex Uses();

    /// <summary>Lines that say <c>right: read</c> or <c>right: write</c>.</summary>
    [GeneratedRegex(@"^ +([a-z-]+: (?:read|write|none))$", RegexOptions.Multiline)]
    private static partial Regex Granted();
}
