using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text.Json;
using CasePlanning.Application.Ports;
using CasePlanning.Functions.Settings;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace CasePlanning.Functions.Mail;

/// <summary>
/// Hands messages to SendGrid. The Message-ID goes along as a header, by which mail programs know a message they were sent twice, and as an
/// argument that comes back with what SendGrid reports. Links stay as they are written and nothing in a message tells when it is read.
/// </summary>
/// <remarks>https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send</remarks>
public sealed class SendGridSender(HttpClient http, SendGridSettings settings) : IMailSender
{
    /// <summary>The argument with the Message-ID.</summary>
    public const string MessageArgument = "case_planning_message";

    private readonly SendGridClient _client = new(http, new SendGridClientOptions { ApiKey = settings.ApiKey, Host = settings.Address.ToString() });

    public async Task<SendOutcome> Send(Message message, CancellationToken ct)
    {
        if (!MailAddress.TryCreate(message.Address, out var to))
        {
            return new SendOutcome.Rejected($"'{message.Address}' is not an address mail can be sent to.");
        }

        try
        {
            var answer = await _client.SendEmailAsync(Compose(message, to), ct);
            return answer.IsSuccessStatusCode ? new SendOutcome.Sent() : Read(answer.StatusCode, await answer.Body.ReadAsStringAsync(ct));
        }
        catch (HttpRequestException exception)
        {
            return new SendOutcome.Unreachable(exception.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new SendOutcome.Unreachable(string.Create(CultureInfo.InvariantCulture, $"{settings.Address.Host} didn't answer within {http.Timeout.TotalSeconds:0} seconds."));
        }
    }

    /// <summary>An answer about the account (its key, its sender, its address) would meet every message alike until somebody changes it, so no message is given up for it.</summary>
    private static SendOutcome Read(HttpStatusCode status, string body)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"{(int)status}: {Words(body)}");
        return status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound => new SendOutcome.Unreachable(words),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => new SendOutcome.Unavailable(words),
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => new SendOutcome.Rejected(words),
            _ => new SendOutcome.Unavailable(words),
        };
    }

    /// <summary>What SendGrid says is wrong, or its answer as it is where that can't be read.</summary>
    private static string Words(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<ErrorBody>(body, JsonSerializerOptions.Web)?.Errors is { Count: > 0 } errors
                ? string.Join(' ', errors.Select(error => error.Field is null ? error.Message : $"{error.Field}: {error.Message}"))
                : body;
        }
        catch (JsonException)
        {
            return body;
        }
    }

    private SendGridMessage Compose(Message message, MailAddress to)
    {
        var mail = new SendGridMessage
        {
            From = new EmailAddress(settings.From.Address, settings.From.DisplayName),
            Subject = message.Subject,
            PlainTextContent = message.Text,
            HtmlContent = message.Html,
        };
        mail.AddTo(new EmailAddress(to.Address, to.DisplayName.Length == 0 ? null : to.DisplayName));
        mail.AddGlobalHeader("Message-ID", $"<{message.Id}>");
        mail.AddGlobalHeader("Auto-Submitted", "auto-generated");
        mail.AddGlobalCustomArg(MessageArgument, message.Id);
        mail.AddCategories(["case-planning", JsonNamingPolicy.KebabCaseLower.ConvertName(message.Kind.ToString())]);
        mail.SetClickTracking(enable: false, enableText: false);
        mail.SetOpenTracking(enable: false);
        mail.SetSubscriptionTracking(enable: false);
        mail.SetSandBoxMode(settings.Sandbox);
        return mail;
    }

    private sealed record ErrorBody(IReadOnlyList<Error>? Errors);

    private sealed record Error(string? Message, string? Field);
}
