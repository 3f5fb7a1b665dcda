using CasePlanning.Application.Ports;

namespace CasePlanning.Functions;

/// <summary>Holds the place of the mail route until there is one: stored mail stays stored.</summary>
public sealed class NoMailRoute : IMailSender
{
    public Task<SendOutcome> Send(Message message, CancellationToken ct) =>
        Task.FromResult<SendOutcome>(new SendOutcome.Unavailable("The Azure shell has no mail route yet."));
}
