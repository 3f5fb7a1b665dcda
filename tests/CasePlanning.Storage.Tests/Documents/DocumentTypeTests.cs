using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Storage.Documents;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Documents;

public sealed class DocumentTypeTests
{
    private sealed record Visit
    {
        public required string Person { get; init; }

        public required int Minutes { get; init; }
    }

    /// <summary>A document on its third shape: "who" became "person", then "hours" became "minutes".</summary>
    private static DocumentType<Visit> Visits { get; } = new(
        "visit",
        document =>
        {
            document["person"] = document["who"]!.DeepClone();
            return document;
        },
        document => new JsonObject { ["person"] = document["person"]!.DeepClone(), ["minutes"] = (int)document["hours"]! * 60 });

    [Theory]
    [InlineData(1, """{"who":"ines","hours":2}""")]
    [InlineData(2, """{"person":"ines","hours":2}""")]
    [InlineData(3, """{"person":"ines","minutes":120}""")]
    public void A_document_of_any_age_is_read_as_the_type_of_today(int schema, string stored)
    {
        Assert.Equal(new Visit { Person = "ines", Minutes = 120 }, Visits.Read(schema, Encoding.UTF8.GetBytes(stored)));
    }

    [Fact]
    public void What_is_written_now_has_the_newest_schema() => Assert.Equal(3, Visits.Schema);

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_document_of_a_newer_release_is_refused_with_a_sentence(int schema)
    {
        var refused = Assert.Throws<InvalidDataException>(() => Visits.Read(schema, "{}"u8));

        Assert.StartsWith($"A stored visit has schema version {schema}, and this program knows versions 1 to 3.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_is_readable_JSON_with_camel_case_kebab_case_words_and_the_kind_of_each_fact()
    {
        var file = Sample.File("a-1", facts: [new Placement { Source = "p", On = Sample.Day, Child = "Núñez", Setting = PlacementSetting.FosterHome, RecordedAt = Sample.Noon.ToOffset(TimeSpan.FromHours(-6)) }]);

        Assert.Equal(
            """{"id":"a-1","agency":"sample","number":"No. a-1","unit":"intake","revision":1,"facts":[{"fact":"placement","child":"Núñez","setting":"foster-home","source":"p","on":"2026-03-02","recordedAt":"2026-03-02T12:00:00.0000000Z","recordedOn":"0001-01-01","recordedBy":"","revision":1}]}""",
            Encoding.UTF8.GetString(StoredDocuments.CaseFile.Write(file)));
    }

    [Theory]
    [InlineData("""{"rule~case:a-1~fact":[{"counted":"2026-03-02"}]}""", 0, 1, 0, Outcome.None, false)]
    [InlineData("""{"rule~case:a-1~fact":[{"counted":"2026-03-02","due":"2026-03-04","round":3,"done":2,"outcome":"met-late","early":true}]}""", 2, 3, 2, Outcome.MetLate, true)]
    public void A_mark_says_only_what_does_not_go_without_saying(string written, int rolled, int round, int done, Outcome outcome, bool early)
    {
        var marks = Marks.None.With([KeyValuePair.Create("rule~case:a-1~fact~1", new Mark(Sample.Day, Sample.Day.AddDays(rolled), round, done, outcome, early))]);

        Assert.Equal(written, Encoding.UTF8.GetString(StoredDocuments.Marks.Write(marks)));
        Same.As(marks, StoredDocuments.Marks.Copy(marks));
    }

    [Fact]
    public void Marks_stand_in_rows_by_cycle()
    {
        var mark = new Mark(Sample.Day, Sample.Day, 1, 0, Outcome.Missed);
        var marks = Marks.None.With([KeyValuePair.Create("r~s~f~3", mark), KeyValuePair.Create("r~s~g~1", mark)]).With([KeyValuePair.Create("r~s~f~1", mark), KeyValuePair.Create("r~s~f~3", mark with { Done = 1 })]);

        Assert.Equal(
            """{"r~s~f":[{"counted":"2026-03-02","outcome":"missed"},null,{"counted":"2026-03-02","done":1,"outcome":"missed"}],"r~s~g":[{"counted":"2026-03-02","outcome":"missed"}]}""",
            Encoding.UTF8.GetString(StoredDocuments.Marks.Write(marks)));
        Same.As(marks, StoredDocuments.Marks.Copy(marks));
    }

    [Fact]
    public void Marks_that_were_stored_by_name_are_read_into_rows()
    {
        var stored = """
            {"byOccurrence":{
                "r~s~f~1":{"counted":"2026-03-02","due":"2026-03-03","round":1,"done":0,"outcome":"none","early":false},
                "r~s~g~1":{"counted":"2026-03-02","due":"2026-03-02","round":2,"done":4,"outcome":"met-on-time"},
                "r~s~f~12":{"counted":"2026-03-02","due":"2026-03-02","round":1}}}
            """u8;

        Assert.Equal(
            new Dictionary<string, Mark>(StringComparer.Ordinal)
            {
                ["r~s~f~1"] = new(Sample.Day, Sample.Day.AddDays(1), 1, 0, Outcome.None),
                ["r~s~g~1"] = new(Sample.Day, Sample.Day, 2, 4, Outcome.MetOnTime),
                ["r~s~f~12"] = new(Sample.Day, Sample.Day, 1, 0, Outcome.None),
            },
            StoredDocuments.Marks.Read(1, stored).ByOccurrence);
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""{"r~s~f":{}}""")]
    [InlineData("""{"r~s~f":[{"due":"2026-03-02"}]}""")]
    [InlineData("""{"r~s~f":[{"counted":"2026-03-02","outcome":"kept"}]}""")]
    [InlineData("""{"r~s~f":[{"counted":"2026-03-02","steps":2}]}""")]
    public void Marks_of_another_shape_are_refused(string stored) =>
        Assert.Throws<JsonException>(() => StoredDocuments.Marks.Read(StoredDocuments.Marks.Schema, Encoding.UTF8.GetBytes(stored)));

    [Fact]
    public void A_message_stored_as_it_was_laid_out_is_read_as_it_was_laid_out()
    {
        var stored = """{"id":"m@plans.test","kind":"recall","agency":"sample","person":"ines","role":"worker","address":"ines@county.example","subject":"Case 1: plan recalled","text":"There is nothing to decide for now.\n","html":"<p>There is nothing to decide for now.</p>","items":[],"storedAt":"2026-03-02T12:00:00.0000000Z","state":"waiting","attempts":0,"nextAttempt":"2026-03-02T12:00:00.0000000Z","unheard":false,"revision":0}""";

        var message = StoredDocuments.Message.Read(1, Encoding.UTF8.GetBytes(stored));

        Assert.Equal(("There is nothing to decide for now.\n", "<p>There is nothing to decide for now.</p>"), (message.Text, message.Html));
    }

    [Fact]
    public void A_message_stored_with_what_is_overdue_in_words_is_read_in_those_words()
    {
        var stored = """{"id":"m@plans.test","kind":"first-day-overdue","agency":"sample","case":"1","person":"ines","role":"worker","address":"ines@county.example","subject":"Case 1: case plan review overdue","body":{"parts":[{"part":"paragraph","text":"Case plan review of case 1 was due on Sun 1 Mar 2026 and is not on record."},{"part":"paragraph","text":"Why then: 90 days after the plan took effect. Source: WIC 16501.1."},{"part":"button","text":"Open the case","address":"http://plans.test/cases/1"}]},"items":["1~review>ines"],"storedAt":"2026-03-02T12:00:00.0000000Z","state":"waiting","attempts":0,"nextAttempt":"2026-03-02T12:00:00.0000000Z","unheard":false,"revision":0}""";

        var message = StoredDocuments.Message.Read(2, Encoding.UTF8.GetBytes(stored));

        Assert.Equal(
            "Case plan review of case 1 was due on Sun 1 Mar 2026 and is not on record.\n\nWhy then: 90 days after the plan took effect. Source: WIC 16501.1.\n\nOpen the case: http://plans.test/cases/1\n",
            message.Text);
        Same.As(message, StoredDocuments.Message.Copy(message));
    }

    public static TheoryData<string> Kinds => [.. Properties.Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_document_comes_back_with_every_member(string kind)
    {
        var property = Properties.Single(each => each.Name == kind);
        var copy = property.PropertyType.GetMethod(nameof(DocumentType<>.Copy))!;
        foreach (var bare in new[] { false, true })
        {
            var document = Filled.Of(property.PropertyType.GenericTypeArguments[0], bare);

            Same.As(document, copy.Invoke(property.GetValue(null), [document]));
        }
    }

    private static IEnumerable<PropertyInfo> Properties => typeof(StoredDocuments).GetProperties();
}
