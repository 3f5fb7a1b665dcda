using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace CasePlanning.Host.Tests;

/// <summary>Each project is a room, and what a room may touch is the table below.</summary>
public sealed class RoomTests
{
    private static readonly Dictionary<string, string[]> RoomsARoomReferences = new()
    {
        ["CasePlanning.Domain"] = [],
        ["CasePlanning.Application"] = ["CasePlanning.Domain"],
        ["CasePlanning.Api"] = ["CasePlanning.Application"],
        ["CasePlanning.Storage"] = ["CasePlanning.Application"],
        ["CasePlanning.Host"] = ["CasePlanning.Api", "CasePlanning.Storage"],
        ["CasePlanning.Functions"] = ["CasePlanning.Api", "CasePlanning.Storage"],
    };

    private static readonly string[] TypesDomainMayNotName =
    [
        "System.Console", "System.Random", "System.TimeProvider",
        "System.Diagnostics.Process", "System.Diagnostics.Stopwatch",
        "System.Threading.Thread", "System.Threading.Timer", "System.Threading.PeriodicTimer",
    ];

    private static readonly string[] NamespacesDomainMayNotName =
        ["System.Data", "System.IO", "System.Net", "System.Security.Cryptography", "System.Threading.Tasks"];

    /// <summary>Reading an embedded rule pack needs a stream; it opens no file.</summary>
    private static readonly string[] StreamsDomainMayName =
    [
        "System.IO.InvalidDataException", "System.IO.MemoryStream", "System.IO.Stream", "System.IO.StreamReader",
        "System.IO.StringReader", "System.IO.StringWriter", "System.IO.TextReader", "System.IO.TextWriter",
    ];

    [Fact]
    public void Every_project_at_the_root_is_a_room_in_the_table()
    {
        var strangers = Directory.GetDirectories(Root, "CasePlanning.*").Select(Path.GetFileName)
            .Except(RoomsARoomReferences.Keys);

        ExpectNone(strangers, "has no row in the table of rooms");
    }

    [Fact]
    public void A_room_references_exactly_the_rooms_it_may()
    {
        var wrong = from room in RoomsARoomReferences
                    where File.Exists(ProjectFile(room.Key))
                    let found = References(ProjectFile(room.Key), "ProjectReference")
                        .Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))).ToHashSet()
                    where !found.SetEquals(room.Value)
                    select $"{room.Key} references [{string.Join(", ", found)}] and may reference [{string.Join(", ", room.Value)}]";

        ExpectNone(wrong, "(change the reference, or the table)");
    }

    [Fact]
    public void Domain_takes_no_package() =>
        ExpectNone(Packages("CasePlanning.Domain"), "is a package, and Domain takes none");

    [Fact]
    public void Application_takes_no_package() =>
        ExpectNone(Packages("CasePlanning.Application"), "is a package, and Application takes none");

    [Fact]
    public void Domain_touches_no_file_network_database_clock_chance_or_task()
    {
        var touched = TypesNamedBy("CasePlanning.Domain").Where(IsOutOfBoundsForDomain);

        ExpectNone(touched, "is named by Domain, which only decides");
    }

    [Fact]
    public void Nothing_outside_the_Functions_room_names_it()
    {
        var outside = Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
            .Append(Path.Combine(Root, "CasePlanning.slnx"))
            .Select(file => Path.GetRelativePath(Root, file))
            .Where(file => !file.Contains("CasePlanning.Functions", StringComparison.Ordinal));

        var naming = outside.Where(file =>
            File.ReadAllText(Path.Combine(Root, file)).Contains("CasePlanning.Functions", StringComparison.Ordinal));

        ExpectNone(naming, "names CasePlanning.Functions, which has a solution of its own");
    }

    private static void ExpectNone(IEnumerable<string?> found, string complaint)
    {
        var lines = string.Join(Environment.NewLine, found.Select(item => $"{item} {complaint}"));
        Assert.True(lines.Length == 0, lines);
    }

    private static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "CasePlanning.slnx"))
            ? folder
            : FindRoot(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No CasePlanning.slnx above the tests."));

    private static string ProjectFile(string room) => Path.Combine(Root, room, room + ".csproj");

    private static IEnumerable<string> Packages(string room) =>
        References(ProjectFile(room), "PackageReference").Concat(References(ProjectFile(room), "FrameworkReference"));

    private static IEnumerable<string> References(string projectFile, string kind) =>
        XDocument.Load(projectFile).Descendants(kind).Select(item => item.Attribute("Include")!.Value);

    private static bool IsOutOfBoundsForDomain(string type) =>
        TypesDomainMayNotName.Contains(type)
        || (NamespacesDomainMayNotName.Any(space => type.StartsWith(space + '.', StringComparison.Ordinal))
            && !StreamsDomainMayName.Contains(type));

    private static List<string> TypesNamedBy(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")];
    }
}
