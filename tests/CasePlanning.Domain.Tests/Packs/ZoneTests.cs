using CasePlanning.Domain.Clocks;

namespace CasePlanning.Domain.Tests.Packs;

public sealed class ZoneTests
{
    [Theory]
    // 30 days after 7 February is 9 March, a day of 23 hours in Los Angeles: 08:00Z to 07:00Z
    [InlineData("America/Los_Angeles", "2025-02-07", "2025-03-09 07:59Z", DeadlineStatus.DueSoon)]
    [InlineData("America/Los_Angeles", "2025-02-07", "2025-03-09 08:00Z", DeadlineStatus.Due)]
    [InlineData("America/Los_Angeles", "2025-02-07", "2025-03-10 06:59Z", DeadlineStatus.Due)]
    [InlineData("America/Los_Angeles", "2025-02-07", "2025-03-10 07:00Z", DeadlineStatus.Overdue)]
    // 30 days after 3 October is 2 November, a day of 25 hours: 07:00Z to 08:00Z
    [InlineData("America/Los_Angeles", "2025-10-03", "2025-11-02 06:59Z", DeadlineStatus.DueSoon)]
    [InlineData("America/Los_Angeles", "2025-10-03", "2025-11-02 07:00Z", DeadlineStatus.Due)]
    [InlineData("America/Los_Angeles", "2025-10-03", "2025-11-03 07:59Z", DeadlineStatus.Due)]
    [InlineData("America/Los_Angeles", "2025-10-03", "2025-11-03 08:00Z", DeadlineStatus.Overdue)]
    // Detroit has the same dates three hours earlier, Honolulu later and without clock changes
    [InlineData("America/Detroit", "2025-02-07", "2025-03-10 03:59Z", DeadlineStatus.Due)]
    [InlineData("America/Detroit", "2025-02-07", "2025-03-10 04:00Z", DeadlineStatus.Overdue)]
    [InlineData("Pacific/Honolulu", "2025-02-07", "2025-03-10 09:59Z", DeadlineStatus.Due)]
    [InlineData("Pacific/Honolulu", "2025-02-07", "2025-03-10 10:00Z", DeadlineStatus.Overdue)]
    // 25 April 2025 has no midnight in Cairo: it begins at 01:00, UTC+3
    [InlineData("Africa/Cairo", "2025-03-26", "2025-04-24 21:59Z", DeadlineStatus.DueSoon)]
    [InlineData("Africa/Cairo", "2025-03-26", "2025-04-24 22:00Z", DeadlineStatus.Due)]
    [InlineData("Africa/Cairo", "2025-03-26", "2025-04-25 21:00Z", DeadlineStatus.Overdue)]
    public void A_date_lasts_from_midnight_to_midnight_in_the_agencys_zone(string zone, string opened, string at, DeadlineStatus expected)
    {
        var read = Notation.Of($"{opened} open; child dan");
        var agenda = Agenda.For(read.File, read.Plans, RuleBook.For(Given.Agency(zone)), Marks.None, Given.Instant(at));
        Assert.Equal(expected, agenda.Deadlines.Single(each => each.Rule.Id == "default.initial").Status);
    }
}
