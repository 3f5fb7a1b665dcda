using System.Text;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Storage.Documents;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Documents;

/// <summary>What a notice's key says isn't written again, and is read as if it had been.</summary>
public sealed class NoticeBesideKeyTests
{
    private const string Key = "a-1~default.review~plan:a-1.home~a-1.home.v1~1~2~+7~Supervisor~assigned";

    private static readonly Notice Raised = Sample.Notice("a-1", Key) with
    {
        Plan = "a-1.home",
        Occurrence = "default.review~plan:a-1.home~a-1.home.v1~1",
        Rule = "default.review",
        RuleName = "Case plan review",
        Round = 2,
        Step = "+7",
        Role = Role.Supervisor,
    };

    [Fact]
    public void A_document_has_what_neither_the_key_nor_the_columns_say() => Assert.Equal(
        """{"ruleName":"Case plan review","counted":"2026-03-02","due":"2026-03-02","people":["ines"]}""", Written(Raised));

    public static TheoryData<Notice> Notices => [.. All];

    private static Notice[] All =>
    [
        Raised,
        Raised with { Superseded = ["0", "+1"], Because = "it is overdue" },
        Raised with { Plan = null },
        Raised with { Plan = "a-1.placed" },
        Raised with { Occurrence = "default.review~plan:a-1.home~a-1.home.v1~2" },
        Raised with { Rule = "default.initial" },
        Raised with { Round = 1 },
        Raised with { Step = "+1" },
        Raised with { Role = Role.Worker },
        Raised with { Key = Key.Replace("plan:a-1.home", "child:daniel", StringComparison.Ordinal), Occurrence = "default.review~child:daniel~a-1.home.v1~1" },
        Raised with { Key = Key + "~more" },
        Raised with { Key = Key.Replace("~2~", "~two~", StringComparison.Ordinal) },
        Raised with { Key = Key.Replace("Supervisor", "Nobody", StringComparison.Ordinal) },
        Raised with { Key = "1" },
    ];

    [Theory]
    [MemberData(nameof(Notices))]
    public void A_notice_comes_back_whatever_its_key_says(Notice notice) => Same.As(notice, Read(Written(notice), notice.Key));

    [Fact]
    public void What_its_key_says_is_written_where_the_notice_says_otherwise() => Assert.Contains("\"round\":1", Written(Raised with { Round = 1 }), StringComparison.Ordinal);

    [Fact]
    public void A_document_of_before_is_read_as_it_stands() =>
        Same.As(Raised with { Round = 1 }, Read(Encoding.UTF8.GetString(StoredDocuments.Notice.Write(Raised with { Round = 1 })), Key));

    [Fact]
    public void A_short_document_beside_a_key_that_says_nothing_is_refused() =>
        Assert.Contains("1 says neither", Assert.Throws<InvalidDataException>(() => Read(Written(Raised), "1")).Message, StringComparison.Ordinal);

    private static string Written(Notice notice) => Encoding.UTF8.GetString(NoticeBesideKey.Write(notice));

    private static Notice Read(string document, string key) => NoticeBesideKey.Read(NoticeBesideKey.Schema, Encoding.UTF8.GetBytes(document), "a-1", key, Raised.RaisedAt);
}
