using System.Security.Cryptography;
using System.Text;

namespace CasePlanning.Application.Mail;

/// <summary>
/// Message-IDs and the UIDs of events before their @: 32 hexadecimal digits of hashes, the same for the same key. Those of one case begin alike, so that a
/// store finds its mail by them; and those of neighbouring cases follow one another in the order of their cases, so that a store that orders them writes few
/// of its pages for many. Whoever knows a case's id can tell its mail by them, as by the subject, which has the case's number.
/// </summary>
public static class MessageIds
{
    private const int Neighbours = 4;
    private const int Letters = 4;
    private const int Whole = 16;

    /// <summary>The 16 digits that the id of a mail about a case begins with. Another case's may be the same, though hardly ever.</summary>
    public static string BeginningOf(string caseId) => Convert.ToHexStringLower(Begun(caseId).AsSpan(0, Neighbours + Letters));

    internal static string Of(string key, string? caseId)
    {
        var hash = Hash(key);
        if (caseId is not null)
        {
            Begun(caseId).AsSpan(0, Neighbours + Letters).CopyTo(hash);
        }

        return Convert.ToHexStringLower(hash.AsSpan(0, Whole));
    }

    /// <summary>The case's last four letters after a hash that it shares with those whose ids differ in these alone.</summary>
    private static byte[] Begun(string caseId)
    {
        var letters = Math.Max(0, caseId.Length - Letters);
        var hash = Hash(caseId[..letters]);
        for (var index = 0; letters + index < caseId.Length; index++)
        {
            hash[Neighbours + index] = (byte)caseId[letters + index];
        }

        return hash;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
