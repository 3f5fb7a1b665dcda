using System.Security.Cryptography;
using System.Text;
using CasePlanning.Application;
using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Pipeline;

/// <summary>
/// The key under which a request's answer is kept for 24 hours, with the change it made or not at all. The same request under the same key
/// is answered with the kept reply; another request under it is refused.
/// </summary>
internal sealed record Idempotency(string Key, string BodyHash)
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";
    private const int LongestKey = 200;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>From the request's header; null when it has none or the operation keeps no replies.</summary>
    public static Idempotency? Of(Operation operation, HttpRequest request, Caller caller, byte[] body)
    {
        if (!operation.KeepsReply || !request.Headers.TryGetValue(Header, out var values))
        {
            return null;
        }

        var key = values.ToString();
        if (values.Count != 1 || key.Length is 0 or > LongestKey || key.Any(character => character is <= ' ' or > '~'))
        {
            throw new EdgeException(Problems.Unreadable, $"An {Header} takes 1 to {LongestKey} visible ASCII characters, without spaces.");
        }

        return new Idempotency($"{caller.Person.Id}|{operation.Name}|{key}", HashOf(request, body));
    }

    /// <summary>The caller who keeps, with the change, the very reply that will be sent.</summary>
    public Caller Keeping(Caller caller, Func<object, Reply> render) => caller with
    {
        ReplyKey = Key,
        KeepReply = answer => Stored(render(answer), caller.Now),
    };

    /// <summary>Answers with what is kept under the key, if anything is.</summary>
    public async Task<bool> Replay(Call call)
    {
        if (await call.Get<ICaseStore>().FindReply(Key, call.Now, call.Aborted) is not { } kept)
        {
            return false;
        }

        if (kept.BodyHash != BodyHash)
        {
            throw new RefusedException(new Refusal.KeyReused());
        }

        call.Context.Response.Headers[ReplayedHeader] = "true";
        await Answers.Write(call.Context, new Reply(kept.Status, Reply.Utf8(kept.Body), kept.ETag, kept.Location));
        return true;
    }

    private StoredReply Stored(Reply reply, DateTimeOffset now) => new()
    {
        Key = Key,
        BodyHash = BodyHash,
        Status = reply.Status,
        ETag = reply.ETag,
        Location = reply.Location,
        Body = Encoding.UTF8.GetString(reply.Body),
        KeptUntil = now + Kept,
    };

    private static string HashOf(HttpRequest request, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
