namespace CasePlanning.Domain.Tests.Packs;

/// <summary>Dates of the California pack. Rolls are those of CCP 12a, holidays those of CCP 135 with Rule of Court 1.11.</summary>
internal static class CaliforniaTable
{
    public static TheoryData<string, string, string, string, string, string> Rows => new()
    {
        // ca.initial: 60 days after the removal
        { "california", "2025-01-02 open; child dan; foster dan", "2025-02-01", "ca.initial", "2025-03-03 upcoming",
            "29 days to 31 January, 28 to 28 February, 3 more" },
        { "california", "2025-01-02 open; child dan; foster dan", "2025-02-17", "ca.initial", "2025-03-03 due soon",
            "14 days before 3 March is 17 February, Presidents' Day; the first step goes out on Friday 14 February" },
        { "california", "2025-01-02 open; child dan; foster dan", "2025-03-03", "ca.initial", "2025-03-03 due", "The due day itself" },
        { "california", "2025-01-02 open; child dan; foster dan", "2025-03-04", "ca.initial", "2025-03-03 overdue", "The day after the due day" },
        { "california", "2024-01-01 open; child dan; foster dan", "2024-01-02", "ca.initial", "2024-03-01 upcoming",
            "30 days to 31 January, 29 to 29 February of a leap year, 1 more" },
        { "california", "2025-01-01 open; child dan; foster dan", "2025-03-03", "ca.initial", "2025-03-02 -> 2025-03-03 due",
            "30 + 28 + 2: a Sunday, so Monday (CCP 12a)" },
        { "california", "2025-01-01 open; child dan; foster dan; 2025-03-03 version placed", "2025-03-10", "ca.initial",
            "2025-03-02 -> 2025-03-03 met on time", "In effect on the rolled date" },
        { "california", "2025-01-01 open; child dan; foster dan; 2025-03-04 version placed", "2025-03-10", "ca.initial",
            "2025-03-02 -> 2025-03-03 met late", "In effect the day after the rolled date" },
        { "california", "2025-01-02 open; child dan; 2025-01-15 foster dan", "2025-02-01", "ca.initial", "2025-03-16 -> 2025-03-17 upcoming",
            "From the removal, not the opening: 16 + 28 + 16; a Sunday" },
        { "california", "2025-01-02 open; child dan; foster dan; 2025-01-20 home dan", "2025-02-01", "ca.initial", "2025-03-03 ended",
            "The child went home before it was due" },

        // ca.initial: the in-person response for a child who was not removed
        { "california", "2025-01-07 in-person-response; 2025-01-10 open; child dan", "2025-02-01", "ca.initial", "2025-03-08 -> 2025-03-10 upcoming",
            "24 days to 31 January, 28, 8 more: a Saturday, so Monday" },
        { "california", "2025-01-10 open; child dan", "2025-02-01", "ca.initial", "none", "Neither removed nor visited: nothing to count from" },
        { "california", "2025-01-07 in-person-response dan; in-person-response eva; 2025-01-10 open; child dan; child eva; " +
            "2025-02-03 version home for dan", "2025-03-20", "ca.initial eva", "2025-03-08 -> 2025-03-10 overdue", "Dan's plan isn't Eva's" },

        { "california", "2025-01-07 in-person-response; 2025-01-10 open; child dan; 2025-02-03 foster dan; 2025-03-03 home dan", "2025-03-20",
            "ca.initial", "2025-03-08 -> 2025-03-10 ended", "The response counts for the time at home before the removal" },
        { "california", "2025-01-07 in-person-response; 2025-01-10 open; child dan; 2025-02-03 foster dan; 2025-03-03 home dan", "2025-03-20",
            "ca.initial #2", "2025-04-04 ended", "25 + 31 + 4 from the removal" },
        { "california", "2025-01-07 in-person-response; 2025-01-10 open; child dan; 2025-02-03 foster dan; 2025-03-03 home dan", "2025-03-20",
            "ca.initial #3", "none", "The old response doesn't count again after the return" },

        // ca.initial: the dispositional hearing if that is earlier
        { "california", "2025-01-02 open; child dan; foster dan; 2025-02-20 dispositional-hearing", "2025-02-10", "ca.initial",
            "2025-02-20 due soon", "WIC 16501.1: 60 days or the dispositional hearing; 20 February is before 3 March" },
        { "california", "2025-01-02 open; child dan; foster dan; 2025-03-04 dispositional-hearing", "2025-02-10", "ca.initial",
            "2025-03-03 upcoming", "A hearing after the 60 days changes nothing" },
        { "california", "2025-01-02 open; child dan; foster dan; 2025-02-20 dispositional-hearing; 2025-02-24 version placed", "2025-03-01",
            "ca.initial", "2025-02-20 met late", "In effect within 60 days, but after the hearing" },
        { "california", "2025-01-02 open; child dan; child eva; foster dan; foster eva; 2025-02-20 dispositional-hearing eva", "2025-01-10",
            "ca.initial dan", "2025-03-03 upcoming", "The hearing is the sister's" },

        // ca.initial: holidays
        { "california", "2022-07-25 open; child dan; foster dan", "2022-08-01", "ca.initial", "2022-09-23 -> 2022-09-26 upcoming",
            "6 + 31 + 23: Native American Day in its first year, a Friday" },
        { "california", "2021-07-26 open; child dan; foster dan", "2021-08-01", "ca.initial", "2021-09-24 upcoming",
            "5 + 31 + 24: the fourth Friday of September was no judicial holiday in 2021" },
        { "california", "2021-08-12 open; child dan; foster dan", "2021-09-01", "ca.initial", "2021-10-11 -> 2021-10-12 upcoming",
            "19 + 30 + 11: Columbus Day in its last year" },
        { "california", "2022-08-11 open; child dan; foster dan", "2022-09-01", "ca.initial", "2022-10-10 upcoming",
            "20 + 30 + 10: Columbus Day is no judicial holiday from 2022" },
        { "california", "2002-01-31 open; child dan; foster dan", "2002-02-01", "ca.initial", "2002-04-01 -> 2002-04-02 upcoming",
            "28 + 31 + 1: 31 March 2002 was a Sunday, so Monday was Cesar Chavez Day, in its first year" },
        { "california", "2001-01-29 open; child dan; foster dan", "2001-02-01", "ca.initial", "2001-03-30 upcoming",
            "2 + 28 + 30: the Friday before Saturday 31 March, no judicial holiday in 2001" },
        { "california", "2025-09-29 open; child dan; foster dan", "2025-10-01", "ca.initial", "2025-11-28 -> 2025-12-01 upcoming",
            "1 + 31 + 28: the day after Thanksgiving, then a weekend" },
        { "california", "2025-09-28 open; child dan; foster dan", "2025-10-01", "ca.initial", "2025-11-27 -> 2025-12-01 upcoming",
            "2 + 31 + 27: Thanksgiving, the day after it and a weekend" },
        { "california", "2024-09-23 open; child dan; foster dan", "2024-10-01", "ca.initial", "2024-11-22 upcoming",
            "7 + 31 + 22: the fourth Friday isn't the day after the fourth Thursday in 2024" },
        { "california", "2024-09-30 open; child dan; foster dan", "2024-10-01", "ca.initial", "2024-11-29 -> 2024-12-02 upcoming",
            "0 + 31 + 29: the day after Thanksgiving 2024 is the fifth Friday" },
        { "california", "2021-11-01 open; child dan; foster dan", "2021-11-10", "ca.initial", "2021-12-31 -> 2022-01-03 upcoming",
            "29 + 31: New Year's Day 2022 is a Saturday and kept on Friday, a day of the year before" },
        { "california", "2026-05-04 open; child dan; foster dan", "2026-05-10", "ca.initial", "2026-07-03 -> 2026-07-06 upcoming",
            "27 + 30 + 3: 4 July 2026 is a Saturday and kept on Friday" },
        { "california", "2022-04-20 open; child dan; foster dan", "2022-05-01", "ca.initial", "2022-06-19 -> 2022-06-20 upcoming",
            "10 + 31 + 19: a Sunday; Juneteenth was no judicial holiday before 2023" },
        { "california", "2023-04-20 open; child dan; foster dan", "2023-05-01", "ca.initial", "2023-06-19 -> 2023-06-20 upcoming",
            "10 + 31 + 19: Juneteenth in its first year, a Monday" },

        // ca.update: six calendar months after the plan date
        { "california", "2025-08-25 open; child dan; 2025-08-31 version home", "2025-09-10", "ca.update", "2026-02-28 -> 2026-03-02 upcoming",
            "February has no 31st; the 28th is a Saturday" },
        { "california", "2023-08-25 open; child dan; 2023-08-31 version home", "2023-09-10", "ca.update", "2024-02-29 upcoming",
            "The last day of February in a leap year" },
        { "california", "2024-08-01 open; child dan; 2024-08-20 version home dated 2024-08-12", "2024-09-10", "ca.update",
            "2025-02-12 -> 2025-02-13 upcoming", "From the plan date, not the approval; Lincoln's Birthday" },
        { "california", "2025-01-02 open; child dan; 2025-01-06 version home dated 2025-01-02; 2025-06-25 version home dated 2025-06-20",
            "2025-07-10", "ca.update", "2025-07-02 met on time", "The next version took effect on 25 June" },
        { "california", "2025-01-02 open; child dan; 2025-01-06 version home dated 2025-01-02; 2025-06-25 version home dated 2025-06-20",
            "2025-07-10", "ca.update #2", "2025-12-20 -> 2025-12-22 upcoming", "From the plan date of version 2: a Saturday" },
        { "california", "2025-01-02 open; child dan; 2025-01-06 version home; 2025-06-25 rescinded home", "2025-07-10", "ca.update",
            "2025-07-06 -> 2025-07-07 overdue", "A rescinded version counts for nothing; 6 July is a Sunday" },
        { "california", "2025-01-02 open; child dan; 2025-01-06 version home; 2025-05-05 close home", "2025-07-10", "ca.update",
            "2025-07-06 -> 2025-07-07 ended", "The plan was closed first" },
        { "california", "2025-01-02 open; child dan; 2025-01-06 version home; 2025-05-05 close home; 2025-06-02 reopen home; 2025-06-09 version home",
            "2025-07-10", "ca.update #2", "2025-12-09 upcoming", "Reopened, it counts from the new plan" },
    };
}
