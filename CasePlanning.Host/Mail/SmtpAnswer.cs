using System.Net.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Host.Settings;

namespace CasePlanning.Host.Mail;

/// <summary>The conversation ended before the message was answered; only another one tells whether that is about the message or the server.</summary>
internal sealed record BrokenOff(string Reason) : SendOutcome;

/// <summary>What a failed handover says: about the way out, about this message for now, or about this message for good.</summary>
internal static class SmtpAnswer
{
    private const int Closing = 421;

    /// <summary>Answers about the sender's own sign-in, which somebody puts right.</summary>
    private static readonly int[] AboutSigningIn = [454, 530, 534, 535, 538];

    public static SendOutcome Read(SmtpException exception, SmtpOptions server)
    {
        var words = exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message;
        return (int)exception.StatusCode switch
        {
            var code when AboutSigningIn.Contains(code) => new SendOutcome.Unreachable($"{code}: {words}{Hint(server)}"),
            Closing => new BrokenOff($"{Closing}: {words}"),
            >= 500 and < 600 and var code when !IsPolicy(exception) => new SendOutcome.Rejected($"{code}: {words}"),
            >= 400 and < 600 and var code => new SendOutcome.Unavailable($"{code}: {words}"),
            _ when exception.InnerException is IOException => new BrokenOff(words),
            _ => new SendOutcome.Unreachable(words),
        };
    }

    /// <summary>
    /// X.7.X of RFC 3463: a rule of the server's, such as an address the account may not send from. It would meet every message alike until
    /// somebody changes it, so none is given up for it at once.
    /// </summary>
    private static bool IsPolicy(SmtpException exception) => exception.Message.Contains(" 5.7.", StringComparison.Ordinal);

    /// <summary>SmtpClient goes on after a refused password and knows only AUTH LOGIN, so the server's words are about what came after.</summary>
    private static string Hint(SmtpOptions server) => server.User is null
        ? " Set Mail:Smtp:User and Mail:Smtp:Password if the server wants a sign-in."
        : $" Check Mail:Smtp:User and Mail:Smtp:Password, and that {server.Host} offers AUTH LOGIN.";
}
