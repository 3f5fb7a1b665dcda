namespace CasePlanning.Functions.Tests.Seasons;

/// <summary>However signals and timers arrive, people are told the same on the same days.</summary>
public sealed class SeasonTests
{
    [Fact]
    public async Task A_season_ends_with_every_notice_and_mail_of_its_story()
    {
        var (notices, mails) = await Season.Play(Delivery.Prompt);

        Assert.Equal(
            [
                "2026-03-18 default.initial -14 to Worker",
                "2026-06-08 default.review -14 to Worker",
                "2026-06-15 default.review -7 to Worker",
                "2026-06-19 default.review -1 to Worker",
                "2026-06-22 default.review 0 to Supervisor",
                "2026-06-22 default.review 0 to Worker",
                "2026-06-23 default.review +1 to Supervisor",
                "2026-06-23 default.review +1 to Worker",
            ],
            notices);
        Assert.Equal(
            [
                "2026-03-18 Digest to worker, Sent by 1: 1 thing to do, Wed 18 Mar 2026",
                "2026-03-20 ApprovalRequest to supervisor, Sent by 1: Case 1: plan to approve (at home)",
                "2026-03-24 Decision to worker, Sent by 1: Case 1: plan approved (at home)",
                "2026-06-08 Digest to worker, Sent by 1: 1 thing to do, Mon 8 Jun 2026",
                "2026-06-15 Digest to worker, Sent by 1: 1 thing to do, Mon 15 Jun 2026",
                "2026-06-19 Digest to worker, Sent by 1: 1 thing to do, Fri 19 Jun 2026",
                "2026-06-22 Digest to supervisor, Sent by 1: 1 thing to do, Mon 22 Jun 2026",
                "2026-06-22 Digest to worker, Sent by 1: 1 thing to do, Mon 22 Jun 2026",
                "2026-06-23 FirstDayOverdue to supervisor, Sent by 1: Case 1: case plan review overdue (at home)",
                "2026-06-23 FirstDayOverdue to worker, Sent by 1: Case 1: case plan review overdue (at home)",
            ],
            mails);
    }

    [Theory]
    [InlineData(Delivery.Lost)]
    [InlineData(Delivery.Doubled)]
    [InlineData(Delivery.Late)]
    public async Task A_season_ends_the_same_however_its_signals_arrive(Delivery delivery)
    {
        var prompt = await Season.Play(Delivery.Prompt);
        var played = await Season.Play(delivery);

        Assert.Equal(prompt.Notices, played.Notices);
        Assert.Equal(prompt.Mails, played.Mails);
    }
}
