using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Host.Tests.Mail;

/// <summary>The words of the mail of the first day overdue.</summary>
public sealed class OverdueMailTests
{
    private static readonly DateTimeOffset Noon = new(2027, 1, 4, 20, 0, 0, TimeSpan.Zero);
    private static readonly Person Will = new() { Id = "will", Agency = "river", Name = "Will", Email = "will@river.test", Roles = [Role.Worker] };
    private readonly MailTexts _mail = new(new MailSettings("http://plans.test", "plans.test"));

    [Fact]
    public void It_says_what_was_due_when_why_and_from_where_with_a_link_to_the_plan()
    {
        var mail = _mail.Overdue(Item with { Plan = "river-7.placed" }, Will, 1, "assigned");

        Assert.Equal("Case 7: case plan review overdue (out of home)", mail.Subject);
        Assert.Equal(
            """
            Case plan review of case 7 was due on Mon 4 Jan 2027 and is not on record.

            Why then: 90 calendar days after 2026-10-06 (plan took effect). Source: Module 12.

            Open the plan: http://plans.test/plans/river-7.placed

            """.ReplaceLineEndings("\n"),
            mail.Text);
    }

    [Theory]
    [InlineData(null, "Open the case: http://plans.test/cases/river-7")]
    [InlineData("river-7.home.v1.1", "Read and decide: http://plans.test/approvals/river-7.home.v1.1")]
    public void The_link_leads_to_what_is_to_be_done(string? request, string link) =>
        Assert.Contains($"\n\n{link}\n", _mail.Overdue(Item with { Request = request }, Will, 1, "assigned").Text, StringComparison.Ordinal);

    [Fact]
    public void It_looks_like_any_other_mail_of_such_paragraphs_and_says_at_its_end_why_it_came()
    {
        var mail = _mail.Overdue(Item with { Because = "the worker is away" }, Will, 1, "assigned");
        var words = new MailBody(null,
        [
            new MailPart.Paragraph("Case plan review of case 7 was due on Mon 4 Jan 2027 and is not on record."),
            new MailPart.Paragraph("Why then: 90 calendar days after 2026-10-06 (plan took effect). Source: Module 12."),
            new MailPart.Button("Open the case", "http://plans.test/cases/river-7"),
            new MailPart.Paragraph("You receive this because the worker is away."),
        ]);

        Assert.Equal(((mail with { Body = words }).Text, (mail with { Body = words }).Html), (mail.Text, mail.Html));
    }

    private static InboxItem Item => new()
    {
        Key = "river-7~default.review>will", Case = "river-7", CaseNumber = "7", Agency = "river", Person = "will", Role = Role.Worker, Occurrence = "o", Rule = "default.review",
        RuleName = "Case plan review", Step = "+1", Due = new DateOnly(2027, 1, 4), MetBy = "review", Source = "Module 12",
        Reason = "90 calendar days after 2026-10-06 (plan took effect).", RaisedAt = Noon, NotBefore = Noon,
    };
}
