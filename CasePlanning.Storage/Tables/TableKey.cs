using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CasePlanning.Storage.Tables;

/// <summary>Makes partition names and row keys of ids, in characters that the service takes and that sort alike everywhere.</summary>
internal static class TableKey
{
    /// <summary>Sorts after every key that begins with the same part.</summary>
    public const string End = "~~";

    private const int Longest = 400;
    private const int KeptOfALongOne = 300;

    private static readonly SearchValues<char> Kept = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:>@");

    /// <summary>The parts, joined by <c>~</c>; what else they hold than letters, digits and a few marks is written as <c>=</c> and four digits. The end of a long key is its hash.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        var key = new StringBuilder();
        foreach (var part in parts)
        {
            key.Append(key.Length == 0 ? "" : "~");
            Append(key, part);
        }

        return key.Length <= Longest ? key.ToString() : $"{key.ToString(0, KeptOfALongOne)}={Hash(key.ToString())}";
    }

    public static string Of(DateTimeOffset instant) => Of(instant.UtcTicks);

    public static string Of(long number) => number.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>Sorts the latest first.</summary>
    public static string LatestFirst(DateTimeOffset instant) => Of(DateTimeOffset.MaxValue.UtcTicks - instant.UtcTicks);

    private static void Append(StringBuilder key, string part)
    {
        foreach (var character in part)
        {
            if (Kept.Contains(character))
            {
                key.Append(character);
            }
            else
            {
                key.Append(CultureInfo.InvariantCulture, $"={(int)character:X4}");
            }
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
