namespace CasePlanning.Host.Tests.Processes;

/// <summary>What arrives at the mail server on mornings, played from outside against the running process.</summary>
public sealed class MorningTests
{
    [Fact]
    public async Task A_worker_with_25_cases_gets_one_mail_on_a_busy_morning_and_none_on_a_quiet_one()
    {
        await using var river = await River.Begin();
        for (var number = 1; number <= 25; number++)
        {
            await river.Open($"c{number}");
        }

        await river.Play("2027-01-22 12:00");

        var digest = Assert.Single(await river.MailTo("will"), mail => string.CompareOrdinal(mail.At, "2027-01-05") > 0);
        Assert.Equal(("2027-01-20 07:00", "25 things to do, Wed 20 Jan 2027"), (digest.At, digest.Subject));
        Assert.All(Enumerable.Range(1, 25), number => Assert.Contains($"Case c{number}: Initial case plan (at home), due in 14 days, Wed 3 Feb 2027", digest.Text, StringComparison.Ordinal));
        Assert.All(Enumerable.Range(1, 25), number => Assert.Contains($"/plans/sample-c{number}.home\"", digest.Html, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2027-02-24 09:00", "2027-02-27 09:00", "2027-03-12 07:00", "2027-03-15 07:00")]
    [InlineData("2027-10-20 09:00", "2027-10-23 09:00", "2027-11-05 07:00", "2027-11-08 07:00")]
    public async Task Both_sides_of_a_change_of_daylight_saving_give_one_digest_a_day_at_the_same_local_hour(string first, string second, string friday, string monday)
    {
        await using var river = await River.Begin();
        await river.Play(first);
        await river.Open("c1");
        await river.Play(second);
        await river.Open("c2");
        await river.Play($"{monday[..10]} 23:59");

        Assert.Equal([friday, monday], (await river.MailTo("will")).Where(mail => mail.Subject.Contains(" to do", StringComparison.Ordinal)).Select(mail => mail.At));
    }

    [Fact]
    public async Task A_week_without_the_process_over_a_thousand_plans_gives_each_person_one_digest_and_no_stale_step()
    {
        await using var river = await River.Begin();
        for (var number = 1; number <= 1000; number++)
        {
            await river.Open($"c{number}", number % 2 == 0 ? "will" : "wendy");
        }

        await river.Play("2027-01-29 12:00");
        await river.Outage("2027-02-05 12:00");

        // Due Wednesday 3 February: the steps of the day before, of the day and of the day after passed while nothing ran.
        var after = (await river.Mail()).Where(mail => string.CompareOrdinal(mail.At, "2027-02-05") > 0 && mail.To is "will" or "wendy" or "sue" or "max").ToArray();
        Assert.Equal(
            [("sue", "1000 things to do, 1000 overdue, Fri 5 Feb 2027"), ("sue", "Your week from Fri 5 Feb 2027: 1000 overdue, 0 to decide, 0 coming up"), ("wendy", "500 things to do, 500 overdue, Fri 5 Feb 2027"), ("will", "500 things to do, 500 overdue, Fri 5 Feb 2027")],
            after.Select(mail => (mail.To, mail.Subject)).Order());
        Assert.Equal(500, after.Single(mail => mail.To == "will").Text.Split("2 days overdue, since Wed 3 Feb 2027").Length - 1);
        Assert.All(after, mail => Assert.DoesNotContain("due today", mail.Text, StringComparison.Ordinal));
        Assert.All(after, mail => Assert.DoesNotContain("due tomorrow", mail.Text, StringComparison.Ordinal));

        await river.Play("2027-02-08 06:00");
        Assert.Equal(after.Length, (await river.Mail()).Count(mail => string.CompareOrdinal(mail.At, "2027-02-05") > 0 && mail.To is "will" or "wendy" or "sue" or "max"));
    }
}
