using CasePlanning.Application.Loop;
using CasePlanning.Application.Mail;

namespace CasePlanning.Api.Tests.World;

/// <summary>What the shells run beside the operations, run by the test.</summary>
public partial class ApiWorld
{
    private static readonly MailSettings Settings = new("http://localhost:5080", "localhost");

    private readonly MailTexts _texts = new(Settings);

    public MailServer Mails { get; } = new();

    protected Ticker Ticker => new(Stores.Cases, Stores.Directory, Stores.Wakes, _texts);

    protected DigestJob DigestJob => new(Stores.Inbox, Stores.Outbox, Stores.Directory, Stores.Cases, _texts);

    protected MailDispatch MailDispatch => new(
        Stores.Outbox, Stores.Cases, Stores.Directory, Mails,
        new DeadLetters(Stores.Cases, Stores.Directory, Stores.Inbox, Stores.Outbox, new UndeliveredTexts(Settings)),
        DigestJob);

    protected Task Tick(string caseId) => Ticker.Tick($"case:{caseId}", Clock.Now, default);

    /// <summary>Ticks what is due, and what falls due with it.</summary>
    protected async Task Raise()
    {
        while (await Stores.Wakes.Due(Clock.Now, 100, default) is { Count: > 0 } due)
        {
            foreach (var wake in due)
            {
                await Ticker.Tick(wake.Subject, Clock.Now, default);
            }
        }
    }

    protected Task<int> Digests() => DigestJob.Run(Clock.Now, 1000, default);

    /// <summary>Hands over what waits now, and what follows from it.</summary>
    protected async Task Dispatch()
    {
        var dispatch = MailDispatch;
        while (await Stores.Outbox.Waiting(Clock.Now, 100, default) is { Count: > 0 } waiting)
        {
            foreach (var message in waiting)
            {
                await dispatch.Dispatch(message.Id, Clock.Now, default);
            }
        }
    }
}
