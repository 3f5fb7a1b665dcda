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

    public static JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(AppContext.BaseDirectory), path))).RootElement;

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "CasePlanning.slnx")) ? folder : Root(Path.GetDirectoryName(folder)!);
}
