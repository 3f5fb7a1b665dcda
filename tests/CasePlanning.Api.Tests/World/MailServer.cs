using CasePlanning.Application.Ports;

namespace CasePlanning.Api.Tests.World;

/// <summary>A mail server that keeps what it takes, refuses some people, and breaks on others.</summary>
public sealed class MailServer : IMailSender
{
    public const string Refusal = "550: no such mailbox";

    public HashSet<string> Refusing { get; } = [];

    public HashSet<string> Breaking { get; } = [];

    public List<Message> Sent { get; } = [];

    public Task<SendOutcome> Send(Message message, CancellationToken ct)
    {
        if (Breaking.Contains(message.Person))
        {
            throw new InvalidOperationException("This text can't be written.");
        }

        if (Refusing.Contains(message.Person))
        {
            return Task.FromResult<SendOutcome>(new SendOutcome.Rejected(Refusal));
        }

        Sent.Add(message);
        return Task.FromResult<SendOutcome>(new SendOutcome.Sent());
    }
}
