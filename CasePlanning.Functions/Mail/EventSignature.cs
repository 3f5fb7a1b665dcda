using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CasePlanning.Functions.Mail;

/// <summary>The signature of what SendGrid sends: ECDSA with SHA-256 over the time stamp and the body.</summary>
/// <remarks>https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features</remarks>
internal static class EventSignature
{
    public const string Header = "X-Twilio-Email-Event-Webhook-Signature";
    public const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    /// <summary>SendGrid sends again for 24 hours what wasn't taken. What somebody has kept for longer isn't taken, and what comes again within it changes nothing.</summary>
    private static readonly TimeSpan MostBehind = TimeSpan.FromHours(25);

    private static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(10);

    /// <summary>Whether a text is a public key as SendGrid shows it: base64 of its SubjectPublicKeyInfo.</summary>
    public static bool IsKey(string text)
    {
        try
        {
            using var key = Import(text);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return false;
        }
    }

    public static bool Holds(string publicKey, string signature, string timestamp, ReadOnlySpan<byte> body)
    {
        var encoded = new byte[signature.Length];
        if (!Convert.TryFromBase64String(signature, encoded, out var length))
        {
            return false;
        }

        using var key = Import(publicKey);
        return key.VerifyData([.. Encoding.UTF8.GetBytes(timestamp), .. body], encoded.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <param name="timestamp">Seconds since 1970, UTC.</param>
    public static bool IsOf(string timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds >= (now - MostBehind).ToUnixTimeSeconds() && seconds <= (now + MostAhead).ToUnixTimeSeconds();

    private static ECDsa Import(string publicKey)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
        return key;
    }
}
