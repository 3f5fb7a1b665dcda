using CasePlanning.Domain.Clocks;
using CasePlanning.Host.Simulation;

namespace CasePlanning.Host.Tests.Simulation;

/// <summary>A case that is opened and then forgotten by everybody produces its reminders, escalating, with no plan ever posted.</summary>
public sealed class ForgottenTests
{
    private static readonly Task<IReadOnlyList<SimulationEvent>> Story = Playing.Play("forgotten");

    [Fact, Trait("Requirement", "WI-01")]
    public async Task The_duty_begins_with_the_opening_and_no_plan_is_ever_posted()
    {
        var stage = Assert.Single(await Story, each => each.Kind == EventKind.Stage);

        Assert.Equal("The plan at home is awaited.", stage.Message);
        Assert.Single(await Story, each => each.Kind == EventKind.Act);
    }

    [Theory]
    [InlineData("-14", "2024-01-24", Role.Worker)]
    [InlineData("-7", "2024-01-31", Role.Worker)]
    [InlineData("-1", "2024-02-06", Role.Worker)]
    [InlineData("0", "2024-02-07", Role.Worker, Role.Supervisor)]
    [InlineData("+1", "2024-02-08", Role.Worker, Role.Supervisor)]
    [InlineData("+7", "2024-02-14", Role.Worker, Role.Supervisor, Role.Manager)]
    [InlineData("+14", "2024-02-21", Role.Worker, Role.Supervisor, Role.Manager)]
    [InlineData("+112", "2024-05-29", Role.Worker, Role.Supervisor, Role.Manager)]
    public async Task Its_reminders_go_from_the_worker_to_the_supervisor_to_the_manager(string step, string day, params Role[] roles)
    {
        var notices = (await Notices()).Where(notice => notice.Step == step).ToArray();

        Assert.Equal(roles, notices.Select(notice => notice.To!.Role!.Value));
        Assert.All(notices, notice => Assert.Equal(DateOnly.Parse(day), DateOnly.FromDateTime(notice.At.DateTime)));
    }

    [Fact]
    public async Task Every_week_while_it_is_overdue_three_people_are_told_again()
    {
        var weekly = (await Notices()).Where(notice => notice.Step is ['+', ..] && notice.Step != "+1").GroupBy(notice => DateOnly.FromDateTime(notice.At.DateTime)).ToArray();

        Assert.Equal(Enumerable.Range(0, 16).Select(week => new DateOnly(2024, 2, 14).AddDays(7 * week)), weekly.Select(week => week.Key));
        Assert.All(weekly, week => Assert.Equal(3, week.Count()));
    }

    [Fact]
    public async Task Each_notice_reaches_its_person_in_one_mail_of_that_morning()
    {
        var told = (await Notices()).Select(notice => (notice.At, notice.To!.Address)).Order();
        var mailed = (await Story).Where(each => each.IsReminder()).Select(mail => (mail.At, mail.To!.Address)).Order();

        Assert.Equal(told, mailed);
    }

    [Fact]
    public async Task While_the_worker_is_away_her_cover_is_told_in_her_place()
    {
        var april = (await Notices()).Where(notice => notice.To!.Role == Role.Worker && notice.At.Month == 4).Select(notice => (notice.At.Day, notice.To!.Name));

        Assert.Equal([(3, "Cole Abara"), (10, "Cole Abara"), (17, "Wen Harlow"), (24, "Wen Harlow")], april);
    }

    private static async Task<IReadOnlyList<SimulationEvent>> Notices() => [.. (await Story).Where(each => each.Kind == EventKind.Notice)];
}
