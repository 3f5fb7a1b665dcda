namespace CasePlanning.Storage.Moving;

/// <summary>Says now and then how far a move has got.</summary>
public static class MoveProgress
{
    private const int Often = 100;

    /// <summary>For <see cref="Mover.Export"/>.</summary>
    public static Action<long> Written(TextWriter output) => cases => Tell(output, cases, $"{cases} cases written");

    /// <summary>For <see cref="Mover.Import"/>.</summary>
    public static Action<long, long> InPlace(TextWriter output) => (cases, before) => Tell(output, cases, $"{cases} cases in place, {before} of them from an earlier run");

    private static void Tell(TextWriter output, long cases, FormattableString progress)
    {
        if (cases % Often == 0)
        {
            output.WriteLine(FormattableString.Invariant(progress));
        }
    }
}
