using System.Globalization;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Domain.Tests.Packs;

/// <summary>Reads one row of the tables of dates and compares it with what the product says.</summary>
internal static class Vector
{
    /// <param name="packs">Packs joined by <c>+</c>, then choices such as <c>mi.tribe.days=working</c>.</param>
    /// <param name="facts">The case, as <see cref="Notation"/> writes it.</param>
    /// <param name="on">The date it is read on, at noon.</param>
    /// <param name="which">The rule; then the child, where there are several; then <c>#2</c> for the second
    /// occurrence by anchor and cycle.</param>
    /// <param name="expected">The date as counted, <c>-></c> and the date as rolled where that differs, and the status;
    /// or <c>none</c>.</param>
    /// <param name="why">The count by hand, or the source.</param>
    public static void Check(string packs, string facts, string on, string which, string expected, string why)
    {
        var found = Found(packs, facts, on, which, out var sentence);
        Assert.True(string.Equals(expected, found, StringComparison.Ordinal), $"""

            {which} under {packs}
              facts     {facts}
              on        {on}
              expected  {expected}
              found     {found}
              by hand   {why}
              it says   {sentence}
            """);
    }

    public static Agency AgencyOf(string packs)
    {
        var words = packs.Split(' ');
        var ids = words[0].Split('+');
        var choices = words.Skip(1).Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        var agency = Given.Agency("America/Chicago") with { Packs = ids };
        return choices.Count == 0 ? agency : agency.Changed("1990-01-01", ids, new RuleLayer { Choices = choices });
    }

    public static IReadOnlyList<Deadline> DeadlinesOf(Agency agency, string facts, string on)
    {
        var read = Notation.Of(facts);
        var now = new DateTimeOffset(Given.Day(on).ToDateTime(new(18, 0)), TimeSpan.Zero);
        return Agenda.For(read.File, read.Plans, RuleBook.For(agency), Marks.None, now).Deadlines;
    }

    public static string Found(Agency agency, string facts, string on, string which) => Found(agency, facts, on, which, out _);

    private static string Found(string packs, string facts, string on, string which, out string sentence) =>
        Found(AgencyOf(packs), facts, on, which, out sentence);

    private static string Found(Agency agency, string facts, string on, string which, out string sentence)
    {
        var words = which.Split(' ');
        var nth = words.FirstOrDefault(word => word.StartsWith('#')) is { } number
            ? int.Parse(number[1..], CultureInfo.InvariantCulture) : 1;
        var child = words.Skip(1).FirstOrDefault(word => !word.StartsWith('#'));
        var all = DeadlinesOf(agency, facts, on)
            .Where(each => each.Rule.Id == words[0] && (child is null || each.Subject == $"child:{child}"))
            .OrderBy(each => each.Anchor.On).ThenBy(each => each.Cycle).ToArray();
        sentence = nth <= all.Length ? Explanation.SentenceOf(all[nth - 1]) : $"{words[0]} has {all.Length} occurrences";
        return nth <= all.Length ? Written(all[nth - 1]) : "none";
    }

    private static string Written(Deadline deadline)
    {
        var rolled = deadline.Due == deadline.Counted ? "" : $" -> {deadline.Due:yyyy-MM-dd}";
        var status = string.Concat(deadline.Status.ToString().Select(letter =>
            char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
        return string.Create(CultureInfo.InvariantCulture, $"{deadline.Counted:yyyy-MM-dd}{rolled}{status}");
    }
}
