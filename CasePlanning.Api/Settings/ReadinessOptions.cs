namespace CasePlanning.Api.Settings;

/// <summary>How far the loops may be behind before <c>/health/ready</c> fails.</summary>
public sealed record ReadinessOptions(TimeSpan Oldest)
{
    private const int UsualMinutes = 30;

    public static ReadinessOptions Read(SettingsReader reader) => new(TimeSpan.FromMinutes(reader.Number("Readiness:OldestMinutes", 1, 10_000) ?? UsualMinutes));
}
