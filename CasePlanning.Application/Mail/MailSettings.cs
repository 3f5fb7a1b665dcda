using System.Security.Cryptography;
using System.Text;

namespace CasePlanning.Application.Mail;

/// <summary>What goes into every mail.</summary>
/// <param name="LinkBase">Address links begin with, without a slash at the end, e.g. <c>http://localhost:5080</c>.</param>
/// <param name="Domain">The part of a Message-ID after the @.</param>
public sealed record MailSettings(string LinkBase, string Domain)
{
    /// <summary>Address of the page of a request to decide on, else of a plan, else of the case.</summary>
    internal string LinkTo(string caseId, string? plan = null, string? request = null) =>
        LinkBase + (request is not null ? $"/approvals/{request}" : plan is not null ? $"/plans/{plan}" : $"/cases/{caseId}");

    /// <summary>
    /// An id that is the same for the same key, and says nothing of it: a Message-ID, or the UID of an event. What is told about neighbouring cases
    /// has ids that begin alike, so that a store that orders them writes few of its pages for many.
    /// </summary>
    internal string IdFor(string key, string? caseId = null)
    {
        var hash = Hash(key);
        if (caseId is { Length: > 2 })
        {
            Hash(caseId[..^2]).AsSpan(0, 4).CopyTo(hash);
        }

        return $"{Convert.ToHexStringLower(hash.AsSpan(0, 16))}@{Domain}";
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
