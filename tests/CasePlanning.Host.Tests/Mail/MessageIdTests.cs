using System.Globalization;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Host.Tests.Mail;

/// <summary>The ids of mails: the same for the same, and near one another for neighbouring cases.</summary>
public sealed class MessageIdTests
{
    private static readonly DateTimeOffset Noon = new(2027, 1, 4, 20, 0, 0, TimeSpan.Zero);
    private static readonly Person Will = new() { Id = "will", Agency = "river", Name = "Will", Email = "will@river.test", Roles = [Role.Worker] };

    private readonly MailTexts _mail = new(new MailSettings("http://plans.test", "plans.test"));

    [Fact]
    public void A_mail_has_the_same_id_whenever_it_is_written_and_the_id_does_not_say_its_case()
    {
        Assert.Equal(IdFor("river-0000107"), IdFor("river-0000107"));
        Assert.Matches("^[0-9a-f]{32}@plans[.]test$", IdFor("river-0000107"));
    }

    [Fact]
    public void Ids_of_neighbouring_cases_begin_alike_and_stand_in_the_order_of_the_cases()
    {
        var ids = Enumerable.Range(100, 100).Select(number => IdFor(string.Create(CultureInfo.InvariantCulture, $"river-{number:D7}"))).ToArray();

        Assert.Distinct(ids);
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Single(ids.Select(id => id[..8]).Distinct());
        Assert.NotEqual(ids[0][..8], IdFor("river-0010100")[..8]);
    }

    [Fact]
    public void Ids_of_mail_about_one_case_begin_alike_and_otherwise_than_those_of_its_neighbour()
    {
        Assert.StartsWith(MessageIds.BeginningOf("river-0000107"), IdFor("river-0000107"), StringComparison.Ordinal);
        Assert.NotEqual(MessageIds.BeginningOf("river-0000107"), MessageIds.BeginningOf("river-0000108"));
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("17", "18")]
    [InlineData("17", "7")]
    public void Cases_of_the_shortest_ids_have_their_own(string one, string other) => Assert.NotEqual(IdFor(one), IdFor(other));

    private string IdFor(string caseId) => _mail.Overdue(ItemOf(caseId), Will, 1, "assigned").Id;

    private static InboxItem ItemOf(string caseId) => new()
    {
        Key = $"{caseId}~review>will",
        Case = caseId,
        CaseNumber = "No. 7",
        Agency = "river",
        Person = "will",
        Role = Role.Worker,
        Occurrence = "default.review~plan:home~v1~1",
        Rule = "default.review",
        RuleName = "Case plan review",
        Step = "+1",
        Due = new(2027, 1, 1),
        MetBy = "review",
        Source = "WIC 16501.1",
        Reason = "90 days after the plan took effect.",
        RaisedAt = Noon,
        NotBefore = Noon,
    };
}
