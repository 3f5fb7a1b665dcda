using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using CasePlanning.Application.Ports;
using CasePlanning.Host.Settings;

namespace CasePlanning.Host.Mail;

/// <summary>Hands messages to a mail server.</summary>
public sealed class SmtpSender(MailOptions options) : IMailSender
{
    /// <summary>Answers that speak of the sender's own settings, not of the message: they are mended and tried again.</summary>
    private static readonly int[] AboutSigningIn = [530, 534, 535, 538];

    private readonly SmtpOptions _server = options.Smtp ?? throw new ArgumentException("SMTP settings are missing.", nameof(options));

    public async Task<SendOutcome> Send(Message message, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(_server.Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            using var mail = Compose(message);
            using var client = new SmtpClient(_server.Host, _server.Port) { EnableSsl = _server.StartTls };
            if (_server.User is not null)
            {
                client.Credentials = new NetworkCredential(_server.User, _server.Password);
            }

            await client.SendMailAsync(mail, either.Token);
            return new SendOutcome.Sent();
        }
        catch (SmtpException exception)
        {
            var reason = exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message;
            return (int)exception.StatusCode is >= 500 and < 600 and var code && !AboutSigningIn.Contains(code) ? new SendOutcome.Rejected(reason) : new SendOutcome.Unavailable(reason);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new SendOutcome.Unavailable($"{_server.Host} didn't answer within {_server.Patience.TotalSeconds:0} seconds.");
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return new SendOutcome.Rejected(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or System.Security.Authentication.AuthenticationException)
        {
            return new SendOutcome.Unavailable(exception.Message);
        }
    }

    private MailMessage Compose(Message message)
    {
        var mail = new MailMessage(new MailAddress(options.From), new MailAddress(message.Address))
        {
            Subject = message.Subject,
            SubjectEncoding = Encoding.UTF8,
        };
        mail.Headers.Add("Message-ID", $"<{message.Id}>");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(message.Text, Encoding.UTF8, MediaTypeNames.Text.Plain));
        mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(message.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        return mail;
    }
}
