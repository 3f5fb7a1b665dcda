namespace CasePlanning.Application.Mail;

/// <summary>Other programs' words, made fit for a log, a mail and a screen.</summary>
internal static class Reasons
{
    private const int Longest = 500;

    /// <summary>One line, and not too long.</summary>
    public static string Line(string words)
    {
        var line = string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Longest ? line : $"{line[..Longest]} …";
    }
}
