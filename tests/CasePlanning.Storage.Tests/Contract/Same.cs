using System.Collections;
using System.Text.Json;

namespace CasePlanning.Storage.Tests.Contract;

/// <summary>Compares documents member by member, lists entry by entry; records with lists aren't equal otherwise.</summary>
public static class Same
{
    public static void As(object? expected, object? actual) => As(expected, actual, expected?.GetType().Name ?? "nothing");

    private static void As(object? expected, object? actual, string where)
    {
        if (expected is null || actual is null)
        {
            Assert.True(expected is null && actual is null, $"{where}: expected {expected ?? "null"}, found {actual ?? "null"}");
        }
        else if (expected is DateTimeOffset instant)
        {
            Assert.True(actual is DateTimeOffset found && found.EqualsExact(instant.ToUniversalTime()), $"{where}: expected {instant:O}, found {actual:O}");
        }
        else if (expected is JsonElement json)
        {
            Assert.True(actual is JsonElement element && JsonElement.DeepEquals(json, element), $"{where}: expected {json}, found {actual}");
        }
        else if (expected is string or ValueType)
        {
            Assert.True(expected.Equals(actual), $"{where}: expected {expected}, found {actual}");
        }
        else if (expected is IDictionary dictionary)
        {
            var found = Assert.IsType<IDictionary>(actual, exactMatch: false);
            Assert.Equal(dictionary.Count, found.Count);
            foreach (DictionaryEntry entry in dictionary)
            {
                As(entry.Value, found[entry.Key], $"{where}[{entry.Key}]");
            }
        }
        else if (expected is IEnumerable list)
        {
            Entries([.. list.Cast<object?>()], [.. ((IEnumerable)actual).Cast<object?>()], where);
        }
        else
        {
            Members(expected, actual, where);
        }
    }

    private static void Entries(object?[] expected, object?[] actual, string where)
    {
        Assert.True(expected.Length == actual.Length, $"{where}: expected {expected.Length} entries, found {actual.Length}");
        for (var index = 0; index < expected.Length; index++)
        {
            As(expected[index], actual[index], $"{where}[{index}]");
        }
    }

    private static void Members(object expected, object actual, string where)
    {
        Assert.Equal(expected.GetType(), actual.GetType());
        foreach (var property in expected.GetType().GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
        {
            As(property.GetValue(expected), property.GetValue(actual), $"{where}.{property.Name}");
        }
    }
}
