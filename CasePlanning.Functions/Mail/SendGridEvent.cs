using System.Text.Json.Serialization;
using CasePlanning.Application.Mail;

namespace CasePlanning.Functions.Mail;

/// <summary>What SendGrid reports of a message, as far as it is read here.</summary>
/// <param name="Timestamp">Seconds since 1970, UTC.</param>
/// <param name="Message">The Message-ID; null for mail that somebody else sends through the account.</param>
/// <param name="Reason">Why it was bounced or dropped.</param>
/// <param name="Response">The words of the person's mail server.</param>
/// <remarks>https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event</remarks>
internal sealed record SendGridEvent(
    [property: JsonPropertyName("event")] string? Kind,
    [property: JsonPropertyName("timestamp")] long Timestamp,
    [property: JsonPropertyName(SendGridSender.MessageArgument)] string? Message,
    [property: JsonPropertyName("reason")] string? Reason,
    [property: JsonPropertyName("response")] string? Response)
{
    /// <summary>The report, or null for what changes nothing, such as that it was opened.</summary>
    public DeliveryReport? Report => Kind switch
    {
        "delivered" => Of(DeliveryOutcome.Delivered),
        "deferred" => Of(DeliveryOutcome.Deferred),
        "bounce" => Of(DeliveryOutcome.Bounced),
        "dropped" => Of(DeliveryOutcome.Dropped),
        _ => null,
    };

    private DeliveryReport Of(DeliveryOutcome outcome) => new(outcome, Reason ?? Response ?? "SendGrid gave no reason.", DateTimeOffset.FromUnixTimeSeconds(Timestamp));
}
