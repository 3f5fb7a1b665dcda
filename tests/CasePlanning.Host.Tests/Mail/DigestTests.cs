using System.Text.RegularExpressions;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Host.Tests.Mail;

/// <summary>One digest per person and working morning, of what still has to be done.</summary>
public sealed class DigestTests
{
    [Fact]
    public async Task A_worker_with_25_cases_gets_one_mail_on_a_busy_morning_and_none_on_a_quiet_one()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        for (var number = 1; number <= 25; number++)
        {
            await world.Open($"c{number}");
        }

        await world.Play("2027-01-22 12:00");

        var busy = Assert.Single(world.To("will", "2027-01-20"));
        Assert.Equal(MessageKind.Digest, busy.Kind);
        Assert.All(Enumerable.Range(1, 25), number => Assert.Contains($"Case c{number}: Initial case plan (at home), due in 14 days, Wed 3 Feb 2027", busy.Text, StringComparison.Ordinal));
        Assert.Empty(world.To("will", "2027-01-19"));
        Assert.Empty(world.To("will", "2027-01-21"));
        Assert.Empty(world.To("will", "2027-01-22"));
    }

    [Fact]
    public async Task A_week_without_the_service_over_a_thousand_plans_gives_each_person_one_digest_and_no_stale_step()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        for (var number = 1; number <= 1000; number++)
        {
            await world.Open($"c{number}", number % 2 == 0 ? "will" : "wendy");
        }

        await world.Play("2027-01-29 12:00");
        var before = world.Sent.Count;
        await world.Outage("2027-02-05 12:00");
        await world.Play("2027-02-08 06:00");

        var after = world.Sent.Skip(before).Select(sent => sent.Message).ToArray();
        Assert.Equal(
            [("sue", MessageKind.Digest), ("sue", MessageKind.WeeklySummary), ("wendy", MessageKind.Digest), ("will", MessageKind.Digest)],
            after.Select(message => (message.Person, message.Kind)).Order());
        Assert.Equal(500, after.Single(message => message.Person == "will").Text.Split("2 days overdue, since Wed 3 Feb 2027").Length - 1);
        Assert.DoesNotContain(after, message => message.Text.Contains("due today", StringComparison.Ordinal) || message.Text.Contains("due tomorrow", StringComparison.Ordinal));
        Assert.Equal(after.Length, after.Select(message => message.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_step_that_passed_in_an_outage_is_explained_as_superseded_and_never_as_taken()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        await world.Open("a");
        await world.Play("2027-01-20 12:00");
        await world.Outage("2027-02-03 12:00");

        var deadline = (await world.Use.Reading.Deadlines(await world.As("sue"), "river-a", null, default)).Value.Single();
        Assert.Equal(
            [("-14", StepState.Taken), ("-7", StepState.Superseded), ("-1", StepState.Superseded), ("0", StepState.Taken), ("+1", StepState.ToCome)],
            deadline.Explanation.Steps.Take(5).Select(step => (step.Name, step.State)));
    }

    [Theory]
    [InlineData("2027-02-24", "2027-02-27", "2027-03-12", "2027-03-15", 15, 14)]
    [InlineData("2027-10-20", "2027-10-23", "2027-11-05", "2027-11-08", 14, 15)]
    public async Task Both_sides_of_a_change_of_daylight_saving_give_one_digest_a_day_at_the_same_local_hour(
        string first, string second, string friday, string monday, int fridayHour, int mondayHour)
    {
        await using var world = await MailWorld.On($"{first} 09:00");
        await world.Open("a");
        await world.Play($"{second} 09:00");
        await world.Open("b");
        await world.Play($"{monday} 23:59");

        var digests = world.Digests("will").ToArray();
        Assert.Equal([$"{friday} 07:00", $"{monday} 07:00"], digests.Select(digest => MailWorld.Local(digest.StoredAt)));
        Assert.Equal([fridayHour, mondayHour], digests.Select(digest => digest.StoredAt.Hour));
    }

    [Fact]
    public async Task What_was_met_before_its_digest_is_written_is_left_out()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        await world.Open("late");
        await world.Open("done");

        // Entered late on a Saturday: the last step has passed, and Monday's digest would say so.
        await world.Outage("2027-01-23 10:00");
        await world.Submit("done");
        Assert.Null((await world.Approve("done", "sue")).Refusal);
        await world.Play("2027-01-25 12:00");

        var digest = Assert.Single(world.Digests("will"));
        Assert.Contains("Case late", digest.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Case done: Initial", digest.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waited_for_a_worker_who_gave_the_case_away_goes_to_the_new_one_with_the_case()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        await world.Open("a");
        await world.Outage("2027-01-23 10:00");
        await world.Assign("a", "wendy");
        await world.Play("2027-01-25 12:00");

        Assert.Empty(world.Digests("will"));
        var handed = Assert.Single(world.To("wendy", "2027-01-23"));
        Assert.Equal(MessageKind.Assignment, handed.Kind);
        Assert.Contains("Initial case plan (at home), due in 11 days, Wed 3 Feb 2027", handed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_worker_reads_what_one_act_meets_on_one_day_in_one_line()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00", "california", "federal");
        await world.Open("a", worker: null);
        await world.Record("a", new Placement { Source = "p1", On = MailWorld.Day("2027-01-04"), Child = "child-1", Setting = PlacementSetting.FosterHome });
        await world.Assign("a", "wendy");
        await world.Play("2027-01-04 12:00");

        var lines = Assert.Single(world.To("wendy", "2027-01-04")).Text.Split('\n').Where(line => line.Contains("Initial", StringComparison.Ordinal));
        Assert.Equal(["- Case a: Initial case plan (out of home), due in 60 days, Fri 5 Mar 2027"], lines);
    }

    [Fact]
    public async Task Siblings_whose_plans_fall_overdue_together_share_one_mail_and_one_line()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        await world.Open("a", children: 3);
        await world.Play("2027-02-10 12:00");

        Assert.Contains("Initial case plan for 3 children (at home), due in 14 days", Assert.Single(world.To("will", "2027-01-20")).Text, StringComparison.Ordinal);
        var overdue = Assert.Single(world.To("will", "2027-02-04"));
        Assert.Equal(3, overdue.Items.Count);
        Assert.Equal(3, (await world.Use.Stores.Cases.Notices("river-a", default)).Count(notice => notice is { Step: "+1", Role: Domain.Clocks.Role.Worker }));
    }

    [Fact]
    public async Task What_was_missed_stands_last_and_is_nothing_to_do_and_what_is_true_of_every_line_is_said_once()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00", "minnesota");
        await world.Away("will", "2027-01-04", "2027-02-28", "wendy");
        await world.Open("a");
        await world.Open("b");
        await world.Play("2027-02-01 12:00");

        var digest = world.Digests("wendy")[^1];
        Assert.Equal("2 missed, Mon 1 Feb 2027", digest.Subject);
        Assert.StartsWith("MISSED\n\n- Case a: Monthly contact with the family, missed; it was due Sun 31 Jan 2027\n", digest.Text, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(digest.Text, "You receive this because you stand in for will."));
    }

    [Fact]
    public async Task That_a_duty_was_missed_is_told_once_even_when_the_act_that_seemed_to_meet_it_is_withdrawn()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00", "minnesota");
        await world.Open("a");
        await world.Play("2027-02-01 12:00");
        await world.Record("a", new Contact { Source = "c1", On = MailWorld.Day("2027-01-20"), What = ContactKind.FamilyMet });
        Assert.Null((await world.Use.Files.Withdraw(await world.As("ada"), "river-a", "contact", "c1", "Another family", default)).Refusal);
        await world.Play("2027-02-04 12:00");

        Assert.Single(await world.Use.Stores.Cases.Notices("river-a", default), notice => notice is { Step: "missed", Role: Domain.Clocks.Role.Worker });
        Assert.Single(world.Digests("will"), digest => digest.Text.Contains("missed; it was due", StringComparison.Ordinal));
        Assert.Equal(
            ["missed", "met", "missed"],
            (await world.Use.Stores.Cases.History("river-a", default)).Where(entry => entry.Due == MailWorld.Day("2027-01-31")).Select(entry => entry.Kind));
    }

    [Fact]
    public async Task A_digest_comes_at_the_hour_somebody_prefers()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        await world.Prefers("will", new MailPreferences { Hour = new TimeOnly(9, 30) });
        await world.Open("a");
        await world.Play("2027-01-20 23:00");

        Assert.Equal("2027-01-20 09:30", MailWorld.Local(Assert.Single(world.Digests("will")).StoredAt));
    }

    [Fact]
    public async Task Who_prefers_a_weekly_digest_gets_what_is_mandatory_on_its_day_all_the_same()
    {
        await using var world = await MailWorld.On("2027-01-05 09:00");
        await world.Prefers("will", new MailPreferences { Rhythm = DigestRhythm.Weekly });
        await world.Open("a");
        await world.Play("2027-02-12 23:00");

        // Due Thursday 4 February: the steps of 21 and 28 January wait for a Monday, the day itself and the week after don't.
        Assert.Equal(["2027-01-25", "2027-02-01", "2027-02-04", "2027-02-11"], world.Digests("will").Select(digest => MailWorld.Local(digest.StoredAt)[..10]));
        Assert.Equal(MessageKind.FirstDayOverdue, Assert.Single(world.To("will", "2027-02-05")).Kind);
    }

    [Fact]
    public async Task Extra_lead_time_tells_a_worker_so_many_days_before_the_first_reminder_once()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        await world.Prefers("will", new MailPreferences { ExtraLeadDays = 9 });
        await world.Open("a");
        await world.Play("2027-01-21 23:00");

        // Due Wednesday 3 February; 23 days before is Monday 11 January.
        Assert.Equal(["2027-01-11", "2027-01-20"], world.Digests("will").Select(digest => MailWorld.Local(digest.StoredAt)[..10]));
        Assert.Equal(["-23", "-14"], (await world.Use.Stores.Cases.Notices("river-a", default)).Select(notice => notice.Step));
    }

    [Fact]
    public async Task Preferences_that_would_keep_reminders_back_are_refused_with_every_reason()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        var refused = await world.Use.Administration.PutPreferences(await world.As("will"), new MailPreferences { Hour = new TimeOnly(6, 0), ExtraLeadDays = 61 }, default);

        Assert.Equal(["hour", "extraLeadDays"], refused.Refusal!.Reasons.Select(reason => reason.Field));
    }

    [Fact]
    public async Task A_correction_of_a_person_by_an_administrator_keeps_how_they_want_their_mail()
    {
        await using var world = await MailWorld.On("2027-01-04 09:00");
        await world.Prefers("will", new MailPreferences { ExtraLeadDays = 9 });
        var will = (await world.As("will")).Person;
        await world.Put(will with { Name = "Will Aldous" });

        Assert.Equal(9, (await world.As("will")).Person.Mail.ExtraLeadDays);
    }
}
