namespace CasePlanning.Domain.Tests.Packs;

/// <summary>Dates of the Wisconsin pack. Rolls are those of Wis. Stat. 990.001(4), holidays those of 995.20,
/// kept on Monday when on a Sunday.</summary>
internal static class WisconsinTable
{
    public static TheoryData<string, string, string, string, string, string> Rows => new()
    {
        // wi.initial: filed with the court within 60 days of the removal; a filing rolls over Saturdays too
        { "wisconsin", Removed("2025-01-02"), "2025-01-10", "wi.initial", "2025-03-03 upcoming", "29 + 28 + 3" },
        { "wisconsin", Removed("2025-01-07"), "2025-01-10", "wi.initial", "2025-03-08 -> 2025-03-10 upcoming",
            "24 + 28 + 8: a Saturday, and it is a filing" },
        { "wisconsin", $"{Removed("2025-01-07")}; 2025-03-10 plan-filed-with-court", "2025-03-20", "wi.initial",
            "2025-03-08 -> 2025-03-10 met on time", "Filed on the rolled date" },
        { "wisconsin", $"{Removed("2025-01-07")}; 2025-02-10 version placed", "2025-03-20", "wi.initial",
            "2025-03-08 -> 2025-03-10 overdue",
            "In effect isn't filed" },
        { "wisconsin", Removed("2024-09-06"), "2024-09-10", "wi.initial", "2024-11-05 -> 2024-11-06 upcoming",
            "24 + 31 + 5: the general election" },
        { "wisconsin", Removed("2025-09-05"), "2025-09-10", "wi.initial", "2025-11-04 upcoming",
            "25 + 31 + 4: no election in an odd year" },
        { "wisconsin", Removed("2024-06-14"), "2024-06-20", "wi.initial", "2024-08-13 -> 2024-08-14 upcoming",
            "16 + 31 + 13: the partisan primary" },
        { "wisconsin", Removed("2010-07-16"), "2010-07-20", "wi.initial", "2010-09-14 -> 2010-09-15 upcoming",
            "15 + 31 + 14: the last September primary" },
        { "wisconsin", Removed("2010-06-11"), "2010-06-20", "wi.initial", "2010-08-10 upcoming",
            "19 + 31 + 10: no August primary before 2012" },
        { "wisconsin", Removed("2012-06-15"), "2012-06-20", "wi.initial", "2012-08-14 -> 2012-08-15 upcoming",
            "15 + 31 + 14: the first August primary" },
        { "wisconsin", Removed("2012-07-13"), "2012-07-20", "wi.initial", "2012-09-11 upcoming",
            "18 + 31 + 11: no September primary any more" },
        { "wisconsin", Removed("2015-11-16"), "2015-11-20", "wi.initial", "2016-01-15 -> 2016-01-18 upcoming",
            "14 + 31 + 15: Friday 15 January, last kept in 2016; the third Monday isn't yet" },
        { "wisconsin", Removed("2016-11-17"), "2016-11-20", "wi.initial", "2017-01-16 -> 2017-01-17 upcoming",
            "13 + 31 + 16: the third Monday of January, first kept in 2017" },
        { "wisconsin", Removed("2009-04-20"), "2009-04-30", "wi.initial", "2009-06-19 upcoming",
            "10 + 31 + 19: no Juneteenth before 2010" },
        { "wisconsin", Removed("2012-04-20"), "2012-04-30", "wi.initial", "2012-06-19 -> 2012-06-20 upcoming", "10 + 31 + 19: Juneteenth" },
        { "wisconsin", Removed("2022-11-02"), "2022-11-10", "wi.initial", "2023-01-01 -> 2023-01-03 upcoming",
            "28 + 31 + 1: a Sunday, kept on Monday" },
        { "wisconsin", Removed("2021-11-01"), "2021-11-10", "wi.initial", "2021-12-31 upcoming",
            "29 + 31: a Saturday's New Year isn't kept on Friday" },
        { "wisconsin", "2025-01-02 open; child dan", "2025-01-10", "wi.initial", "none", "The child is at home" },

        // wi.initial: void after a brief stay in detention or shelter that ends with the return home
        { "wisconsin", "2025-01-02 open; child dan; detention dan; 2025-02-15 home dan", "2025-02-20", "wi.initial", "2025-03-03 void",
            "44 days in detention" },
        { "wisconsin", "2025-01-02 open; child dan; shelter dan; 2025-01-20 detention dan; 2025-03-02 home dan", "2025-03-20", "wi.initial",
            "2025-03-03 void", "59 days in shelter and detention" },
        { "wisconsin", "2025-01-02 open; child dan; detention dan; 2025-03-03 home dan", "2025-03-20", "wi.initial", "2025-03-03 ended",
            "60 days aren't under 60" },
        { "wisconsin", "2025-01-02 open; child dan; detention dan; 2025-01-10 foster dan; 2025-01-20 home dan", "2025-03-20", "wi.initial",
            "2025-03-03 ended", "Not only in detention" },
        { "wisconsin", "2025-01-02 open; child dan; foster dan; 2025-02-01 close placed; 2025-02-10 reopen placed; 2025-03-01 home dan",
            "2025-03-20", "wi.initial #2", "2025-04-11 ended", "18 + 31 + 11 from the reopening; the child was in a foster home" },
        { "wisconsin", "2025-01-02 open; child dan; detention dan", "2025-02-20", "wi.initial", "2025-03-03 due soon",
            "Still detained: owed until the return" },

        // wi.review: six months after the removal, then after each review; Saturdays stay
        { "wisconsin", Removed("2025-01-02"), "2025-01-10", "wi.review", "2025-07-02 upcoming", "Six months; 180 days would be 1 July" },
        { "wisconsin", Removed("2025-03-13"), "2025-03-20", "wi.review", "2025-09-13 upcoming", "A Saturday: a review isn't a filing" },
        { "wisconsin", Removed("2025-03-14"), "2025-03-20", "wi.review", "2025-09-14 -> 2025-09-15 upcoming", "A Sunday" },
        { "wisconsin", Removed("2025-08-31"), "2025-09-10", "wi.review", "2026-02-28 upcoming", "The last day of February, a Saturday" },
        { "wisconsin", Removed("2023-08-31"), "2023-09-10", "wi.review", "2024-02-29 upcoming", "The last day of February in a leap year" },
        { "wisconsin", Removed("2026-01-04"), "2026-01-10", "wi.review", "2026-07-04 -> 2026-07-06 upcoming",
            "Independence Day on a Saturday rolls as a holiday, then the Sunday" },
        { "wisconsin", Removed("2023-05-11"), "2023-05-20", "wi.review", "2023-11-11 -> 2023-11-13 upcoming",
            "Veterans Day on a Saturday, then the Sunday" },
        { "wisconsin", Removed("2023-05-10"), "2023-05-20", "wi.review", "2023-11-10 upcoming", "The Friday before is a day of business" },
        { "wisconsin", Removed("2022-07-01"), "2022-07-10", "wi.review", "2023-01-01 -> 2023-01-03 upcoming", "A Sunday, kept on Monday" },
        { "wisconsin", Removed("2024-05-05"), "2024-05-10", "wi.review", "2024-11-05 -> 2024-11-06 upcoming", "The general election" },
        { "wisconsin", $"{Removed("2025-01-02")}; 2025-06-20 court-review", "2025-07-10", "wi.review", "2025-07-02 met on time",
            "Reviewed on 20 June" },
        { "wisconsin", $"{Removed("2025-01-02")}; 2025-06-20 court-review", "2025-07-10", "wi.review #2", "2025-12-20 upcoming",
            "Six months after the review; a Saturday stays" },
        { "wisconsin", $"{Removed("2025-01-02")}; 2025-07-20 administrative-review", "2025-07-25", "wi.review #2", "2026-01-20 upcoming",
            "Rolling: from the late review" },
        { "wisconsin", $"{Removed("2025-01-02")}; 2025-04-01 trial dan", "2025-06-25", "wi.review", "2025-07-02 due soon",
            "Trial reunification is included" },

        // wisconsin and federal at once
        { "wisconsin+federal", Removed("2025-01-01"), "2025-01-10", "wi.initial", "2025-03-02 -> 2025-03-03 upcoming",
            "30 + 28 + 2: a Sunday, rolled by 990.001(4)" },
        { "wisconsin+federal", Removed("2025-01-01"), "2025-01-10", "fed.initial", "2025-03-02 upcoming",
            "The same count, and no federal roll" },
    };

    private static string Removed(string on) => $"{on} open; child dan; foster dan";
}
