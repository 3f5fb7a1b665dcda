using CasePlanning.Application.Mail;

namespace CasePlanning.Api;

/// <summary>What a shell sets for the operations.</summary>
public sealed record ApiOptions
{
    /// <summary>Token subjects or e-mail addresses of those who may found an agency and name its first administrator.</summary>
    public IReadOnlyList<string> InstallationAdministrators { get; init; } = [];

    /// <summary>How old the oldest due wake-up or unsent message may be before <c>/health/ready</c> answers 503.</summary>
    public TimeSpan ReadinessLag { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>What goes into every mail; a shell that registers its own <see cref="MailSettings"/> leaves this null.</summary>
    public MailSettings? Mail { get; init; }
}
