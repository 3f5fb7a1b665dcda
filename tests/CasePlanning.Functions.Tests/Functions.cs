using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace CasePlanning.Functions.Tests;

/// <summary>What the shell declares to the platform.</summary>
internal static class Functions
{
    public static IReadOnlyList<Type> Classes { get; } =
        [.. typeof(Shell).Assembly.GetTypes().Where(type => type is { IsPublic: true, IsGenericType: false } && type.GetMethods().Any(method => method.IsDefined(typeof(FunctionAttribute))))];

    /// <summary>Every function by its name.</summary>
    public static IReadOnlyDictionary<string, MethodInfo> All { get; } = Classes
        .SelectMany(type => type.GetMethods())
        .Where(method => method.IsDefined(typeof(FunctionAttribute)))
        .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);

    /// <summary>The HTTP triggers by the metadata that the platform reads.</summary>
    public static IReadOnlyList<HttpTrigger> Triggers { get; } =
    [
        .. from function in Json(Path.Combine(AppContext.BaseDirectory, "functions.metadata")).EnumerateArray()
           from binding in function.GetProperty("bindings").EnumerateArray()
           where binding.GetProperty("type").GetString() == "httpTrigger"
           select binding.Deserialize<HttpTrigger>(JsonSerializerOptions.Web)! with
           {
               Function = function.GetProperty("name").GetString()!,
               Answers = function.GetProperty("bindings").EnumerateArray().Any(each => each.GetProperty("type").GetString() == "http"),
           },
    ];

    public static JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllText(PathOf(path))).RootElement;

    /// <summary>Where a file of the repository lies.</summary>
    public static string PathOf(string path) => Path.Combine(Root(AppContext.BaseDirectory), path);

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "CasePlanning.slnx")) ? folder : Root(Path.GetDirectoryName(folder)!);
}

/// <summary>One HTTP function.</summary>
/// <param name="Answers">True where the platform knows that it writes an answer.</param>
internal sealed record HttpTrigger(string Function, string Route, IReadOnlyList<string> Methods, string AuthLevel, bool Answers);
