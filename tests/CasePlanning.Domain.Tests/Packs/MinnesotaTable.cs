namespace CasePlanning.Domain.Tests.Packs;

/// <summary>Dates of the Minnesota pack. Rolls are those of Minn. Stat. 645.15, holidays those of 645.44 subd. 5.</summary>
internal static class MinnesotaTable
{
    private const string Needed = "2025-01-31 services-needed; 2025-02-03 open; child dan";
    private const string Placed = "2025-01-31 open; child dan; foster dan";
    private const string Planned = "2025-01-02 open; child dan; 2025-01-10 version home dated 2025-01-06";
    private const string Reviewed = "2025-03-10 open; child dan; foster dan; 2025-08-31 court-review";
    private const string Small = "2025-05-20 open; child dan born 2023-05-01";

    public static TheoryData<string, string, string, string, string, string> Rows => new()
    {
        // mn.cps.initial: 30 days after services were determined to be needed, for a child at home; in effect and signed
        { "minnesota", Needed, "2025-02-10", "mn.cps.initial", "2025-03-02 -> 2025-03-03 upcoming", "28 + 2: a Sunday" },
        { "minnesota", $"{Needed}; 2025-02-10 version home signed 2025-02-05", "2025-03-10", "mn.cps.initial",
            "2025-03-02 -> 2025-03-03 met on time", "Signed, then in effect on 10 February" },
        { "minnesota", $"{Needed}; 2025-02-10 version home", "2025-03-10", "mn.cps.initial", "2025-03-02 -> 2025-03-03 overdue",
            "In effect, but nobody signed" },
        { "minnesota", $"{Needed}; 2025-02-10 version home refused 2025-02-08", "2025-03-10", "mn.cps.initial",
            "2025-03-02 -> 2025-03-03 met on time", "MR 9560.0228 subp. 2: the reason for not signing is on record" },
        { "minnesota", $"{Needed}; 2025-02-10 version home signed 2025-03-04", "2025-03-10", "mn.cps.initial",
            "2025-03-02 -> 2025-03-03 met late", "The later of taking effect and signing counts" },
        { "minnesota", "2025-01-02 open; child dan; 2025-01-10 version home signed 2025-01-08; 2025-01-20 services-needed", "2025-02-01",
            "mn.cps.initial", "2025-02-19 met on time", "11 + 19; the plan was in effect already" },
        { "minnesota", "2025-02-03 open; child dan", "2025-02-10", "mn.cps.initial", "none", "Nothing was determined" },
        { "minnesota", "2025-01-31 services-needed; open; child dan; foster dan", "2025-02-10", "mn.cps.initial", "none",
            "The child is placed" },
        { "minnesota", "2025-10-29 services-needed; open; child dan", "2025-11-10", "mn.cps.initial", "2025-11-28 upcoming",
            "2 + 28: the day after Thanksgiving is a holiday of the state's executive branch only" },
        { "minnesota mn.cps.initial.anchor=opening", Needed, "2025-02-10", "mn.cps.initial", "2025-03-05 upcoming",
            "25 + 5 from the opening" },
        { "minnesota mn.cps.initial.anchor=end-of-assessment", $"{Needed}; 2025-02-10 end-of-assessment", "2025-02-11", "mn.cps.initial",
            "2025-03-12 upcoming", "18 + 12 from the end of the assessment" },

        { "minnesota", $"{Needed}; 2025-02-10 foster dan; 2025-03-10 home dan; 2025-03-14 services-needed", "2025-03-20", "mn.cps.initial",
            "2025-03-02 -> 2025-03-03 ended", "The first determination counts for the time before the placement" },
        { "minnesota", $"{Needed}; 2025-02-10 foster dan; 2025-03-07 services-needed; 2025-03-10 home dan", "2025-03-20",
            "mn.cps.initial #2",
            "2025-04-06 -> 2025-04-07 upcoming", "24 + 6 from the determination before the return: a Sunday" },
        { "minnesota", $"{Needed}; 2025-02-10 foster dan; 2025-03-10 home dan; 2025-03-14 services-needed", "2025-03-20",
            "mn.cps.initial #2",
            "2025-04-13 -> 2025-04-14 upcoming", "17 + 13 from the determination after the return: a Sunday" },

        // mn.ohpp.initial: 30 days after the placement, or in a court case the earliest order
        { "minnesota", Placed, "2025-02-10", "mn.ohpp.initial", "2025-03-02 -> 2025-03-03 upcoming", "28 + 2: a Sunday" },
        { "minnesota", $"{Placed}; 2025-02-04 order-for-protective-care", "2025-02-10", "mn.ohpp.initial", "2025-03-06 upcoming",
            "24 + 6 from the order (Rule 26.02)" },
        { "minnesota", $"{Placed}; 2025-02-20 legal-custody-transferred; 2025-02-06 order-for-placement", "2025-02-21", "mn.ohpp.initial",
            "2025-03-08 -> 2025-03-10 due soon", "22 + 8 from the earliest of two orders: a Saturday" },
        { "minnesota", $"{Placed}; child eva; 2025-02-04 foster eva; order-for-placement eva", "2025-02-10", "mn.ohpp.initial dan",
            "2025-03-02 -> 2025-03-03 upcoming", "The order is about the sister" },
        { "minnesota mn.ohpp.initial.anchor=earlier", $"{Placed}; 2025-02-04 order-for-protective-care", "2025-02-10", "mn.ohpp.initial",
            "2025-03-02 -> 2025-03-03 upcoming", "The placement came before the order" },
        { "minnesota", "2025-01-20 open; child dan; 2025-01-27 order-for-placement; 2025-01-31 foster dan", "2025-02-10", "mn.ohpp.initial",
            "2025-02-26 upcoming", "4 + 26 from the order, which came before the move" },
        { "minnesota mn.ohpp.initial.anchor=earlier",
            "2025-01-20 open; child dan; 2025-01-27 order-for-placement; 2025-01-31 foster dan", "2025-02-10", "mn.ohpp.initial",
            "2025-02-26 upcoming", "4 + 26 from the order, which came before the placement" },
        { "minnesota", $"{Placed}; 2025-02-04 order-for-placement; 2025-04-01 home dan; 2025-06-02 foster dan", "2025-06-03",
            "mn.ohpp.initial #2", "2025-07-02 upcoming", "28 + 2 from the second placement; the order was the first one's" },
        { "minnesota", $"{Placed}; 2025-02-20 version placed", "2025-03-10", "mn.ohpp.initial", "2025-03-02 -> 2025-03-03 met on time",
            "No signature is asked for" },

        // mn.review: 90 days after the plan first took effect, then after each review
        { "minnesota", Planned, "2025-02-10", "mn.review", "2025-04-10 upcoming", "21 + 28 + 31 + 10" },
        { "minnesota", $"{Planned}; 2025-04-08 review home", "2025-04-09", "mn.review #2", "2025-07-07 upcoming", "22 + 31 + 30 + 7" },
        { "minnesota", $"{Planned}; 2025-04-20 review home", "2025-04-30", "mn.review", "2025-04-10 met late", "Ten days late" },
        { "minnesota", $"{Planned}; 2025-04-20 review home", "2025-04-30", "mn.review #2", "2025-07-19 -> 2025-07-21 upcoming",
            "Rolling: 10 + 31 + 30 + 19 from the late review; a Saturday" },
        { "minnesota", $"{Planned}; 2025-03-03 version home", "2025-03-10", "mn.review", "2025-04-10 upcoming",
            "A new version is no review" },
        { "minnesota mn.review.anchor=plan-date", Planned, "2025-02-10", "mn.review", "2025-04-06 -> 2025-04-07 upcoming",
            "25 + 28 + 31 + 6 from the plan date: a Sunday" },
        { "minnesota", "2023-11-20 open; child dan; 2023-12-02 version home", "2023-12-10", "mn.review", "2024-03-01 upcoming",
            "29 + 31 + 29 + 1 in a leap year" },
        { "minnesota", "2025-07-01 open; child dan; 2025-07-13 version home", "2025-07-20", "mn.review",
            "2025-10-11 -> 2025-10-14 upcoming",
            "18 + 31 + 30 + 11: a Saturday, a Sunday and Indigenous Peoples Day" },

        { "minnesota mn.review.anchor=plan-date",
            "2025-01-02 open; child dan; 2025-01-10 review home; 2025-01-20 version home dated 2025-01-06", "2025-02-01", "mn.review",
            "2025-04-06 -> 2025-04-07 upcoming", "25 + 28 + 31 + 6: a Sunday; the review was before the plan took effect" },

        // mn.admin-review: 180 days after the placement, then six months after each review
        { "minnesota", "2024-08-31 open; child dan; foster dan", "2024-09-10", "mn.admin-review", "2025-02-27 upcoming",
            "30 + 31 + 30 + 31 + 31 + 27 = 180 days; six months would be 28 February" },
        { "minnesota", "2025-01-02 open; child dan; foster dan", "2025-01-10", "mn.admin-review", "2025-07-01 upcoming",
            "29 + 28 + 31 + 30 + 31 + 30 + 1; six months would be 2 July" },
        { "minnesota", Reviewed, "2025-09-10", "mn.admin-review", "2025-09-06 -> 2025-09-08 met on time",
            "21 + 30 + 31 + 30 + 31 + 31 + 6: a Saturday" },
        { "minnesota", Reviewed, "2025-09-10", "mn.admin-review #2", "2026-02-28 -> 2026-03-02 upcoming",
            "Six months, not 180 days (27 February), after 31 August; a Saturday" },
        { "minnesota", "2025-01-02 open; child dan; foster dan; 2025-06-25 administrative-review", "2025-07-10", "mn.admin-review #2",
            "2025-12-25 -> 2025-12-26 upcoming", "Christmas Day" },
        { "minnesota", "2025-01-02 open; child dan; child eva; foster dan; foster eva; 2025-06-25 court-review eva", "2025-07-10",
            "mn.admin-review dan", "2025-07-01 overdue", "The review was the sister's" },
        { "minnesota", "2025-01-02 open; child dan", "2025-01-10", "mn.admin-review", "none", "The child is at home" },

        // mn.wellbeing: 30 days after the opening, then six months after each
        { "minnesota", "2025-01-31 open; child dan", "2025-02-10", "mn.wellbeing", "2025-03-02 -> 2025-03-03 upcoming",
            "28 + 2: a Sunday" },
        { "minnesota", "2025-08-01 open; child dan; 2025-08-31 child-wellbeing dan", "2025-09-10", "mn.wellbeing #2",
            "2026-02-28 -> 2026-03-02 upcoming", "Six months after 31 August: a Saturday" },
        { "minnesota", "2025-01-31 open; child dan; 2025-03-04 child eva; 2025-03-05 child-wellbeing dan", "2025-03-10", "mn.wellbeing eva",
            "2025-04-03 upcoming", "27 + 3 from joining; the brother's tool isn't hers" },
        { "minnesota", "2025-01-02 open; child dan; 2025-01-20 foster dan; 2025-02-03 child-wellbeing dan", "2025-02-10", "mn.wellbeing",
            "2025-02-01 -> 2025-02-03 met on time", "From the opening through the placement: 29 + 1, a Saturday" },

        // mn.mh-screening: 30 days after the opening
        { "minnesota", "2025-05-20 open; child dan", "2025-06-01", "mn.mh-screening", "2025-06-19 -> 2025-06-20 upcoming",
            "11 + 19: Juneteenth" },
        { "minnesota", "2023-05-20 open; child dan", "2023-06-01", "mn.mh-screening", "2023-06-19 -> 2023-06-20 upcoming",
            "Juneteenth in its first year" },
        { "minnesota", "2022-05-20 open; child dan", "2022-06-01", "mn.mh-screening", "2022-06-19 -> 2022-06-20 upcoming",
            "A Sunday; Juneteenth was no holiday before 2023" },
        { "minnesota", "2028-10-11 open; child dan", "2028-10-12", "mn.mh-screening", "2028-11-10 -> 2028-11-13 upcoming",
            "20 + 10: Veterans Day is a Saturday and kept on Friday" },
        { "minnesota", "2025-01-31 open; child dan; 2025-03-04 mental-health-screening dan", "2025-03-10", "mn.mh-screening",
            "2025-03-02 -> 2025-03-03 met late", "A day after the rolled date" },

        { "minnesota", "2025-01-05 child dan; foster dan; 2025-01-06 close placed; 2025-01-10 open", "2025-02-01", "mn.mh-screening", "none",
            "The only plan was closed before the case opened" },

        // mn.dev-screening: seven days after maltreatment was determined, for a child under three
        { "minnesota", $"{Small}; 2025-05-27 maltreatment-determined", "2025-05-28", "mn.dev-screening", "2025-06-03 due soon", "4 + 3" },
        { "minnesota", $"{Small}; 2025-06-27 maltreatment-determined", "2025-06-28", "mn.dev-screening",
            "2025-07-04 -> 2025-07-07 due soon",
            "3 + 4: Independence Day, a Friday" },
        { "minnesota", $"{Small}; 2026-06-26 maltreatment-determined", "2026-06-27", "mn.dev-screening", "none", "Three since 1 May 2026" },
        { "minnesota", $"{Small}; 2026-04-30 maltreatment-determined", "2026-05-04", "mn.dev-screening", "2026-05-07 due soon",
            "Under three on the day of the determination, three the day after" },
        { "minnesota", $"{Small}; 2026-05-01 maltreatment-determined", "2026-05-04", "mn.dev-screening", "none", "The third birthday" },
        { "minnesota", $"{Small}; 2025-05-27 maltreatment-determined; 2025-06-02 screening-referral dan", "2025-06-10", "mn.dev-screening",
            "2025-06-03 met on time", "Referred on the sixth day" },
        { "minnesota", Small, "2025-05-28", "mn.dev-screening", "none", "Nothing was determined" },
        { "minnesota mn.dev-screening.days=two-working", $"{Small}; 2025-05-23 maltreatment-determined", "2025-05-27", "mn.dev-screening",
            "2025-05-28 due soon",
            "From Friday 23: Tuesday 27, Wednesday 28; Monday 26 is Memorial Day" },

        // mn.contact: each calendar month touched
        { "minnesota", "2025-01-15 open; child dan", "2025-01-20", "mn.contact", "2025-01-31 due soon",
            "The first month, open from the 15th" },
        { "minnesota", "2025-01-31 open; child dan", "2025-01-31", "mn.contact", "2025-01-31 due", "Open on one day of the month" },
        { "minnesota", "2025-01-15 open; child dan", "2025-02-01", "mn.contact", "2025-01-31 missed", "The next month has begun" },
        { "minnesota", "2024-01-15 open; child dan; 2024-01-20 family-met", "2024-02-01", "mn.contact #2", "2024-02-29 upcoming",
            "A leap year" },
        { "minnesota", "2025-05-05 open; child dan", "2025-05-31", "mn.contact", "2025-05-31 due", "A Saturday: months don't roll" },
        { "minnesota", "2025-01-15 open; child dan; 2025-01-16 family-contacted; 2025-01-28 provider-met-family", "2025-02-10",
            "mn.contact",
            "2025-01-31 met on time", "Contacted, and met by a provider, in one month" },
        { "minnesota", "2025-01-15 open; child dan; 2025-01-16 family-contacted; 2025-02-03 provider-met-family", "2025-02-10",
            "mn.contact",
            "2025-01-31 missed", "Contacted in January, met by a provider in February" },
        { "minnesota", "2025-01-10 family-met; 2025-01-15 open; child dan", "2025-02-10", "mn.contact", "2025-01-31 missed",
            "Met before the case was open" },
        { "minnesota", "2025-01-15 open; child dan; 2025-03-10 close home", "2025-04-10", "mn.contact #3", "2025-03-31 ended",
            "The last month, open to the 10th" },
        { "minnesota", "2025-01-15 open; child dan; 2025-03-01 family-met; 2025-03-01 close home", "2025-04-10", "mn.contact #3",
            "2025-03-31 met on time", "Met on the only day of the month on which it was open" },

        { "minnesota",
            "2025-01-05 family-contacted; 2025-01-06 provider-met-family; 2025-01-15 open; child dan; 2025-01-20 family-contacted; " +
            "2025-01-25 provider-met-family", "2025-02-10", "mn.contact", "2025-01-31 met on time", "Both again after the opening" },
        { "minnesota", "2025-01-15 open; child dan until 2025-12-31", "2025-01-20", "mn.contact", "2025-01-31 due soon",
            "The last day is known beforehand" },
        { "minnesota", "2025-01-15 open; child dan until 2025-12-31", "2025-01-20", "mn.contact #2", "none", "February hasn't begun" },
        { "minnesota", "2025-01-15 open; child dan until 2025-03-10", "2025-03-10", "mn.contact #3", "2025-03-31 upcoming",
            "The child is planned for through the last day" },
        { "minnesota", "2025-01-15 open; child dan until 2025-03-10", "2025-03-11", "mn.contact #3", "2025-03-31 ended", "The day after" },
        { "minnesota", "2025-01-15 open; child dan; child eva; 2025-02-10 foster eva; close home", "2025-02-12", "mn.contact #2",
            "2025-02-28 upcoming", "Eva's plan goes on from Dan's last day" },
        { "minnesota", "2025-01-15 open; child dan; child eva; 2025-02-10 foster eva; close home", "2025-02-12", "mn.contact #3", "none",
            "One February" },

        // mn.providers: each calendar quarter touched
        { "minnesota", "2025-02-10 open; child dan", "2025-02-20", "mn.providers", "2025-03-31 upcoming",
            "The first quarter, open from 10 February" },
        { "minnesota", "2025-02-10 open; child dan; 2025-04-01 provider-consultation", "2025-04-10", "mn.providers", "2025-03-31 missed",
            "The consultation of 1 April is the second quarter's" },
        { "minnesota", "2025-02-10 open; child dan; 2025-04-01 provider-consultation", "2025-04-10", "mn.providers #2",
            "2025-06-30 met on time", "The consultation of 1 April is the second quarter's" },
        { "minnesota", "2025-03-31 open; child dan", "2025-03-31", "mn.providers", "2025-03-31 due", "Open on one day of the quarter" },
        { "minnesota", "2025-10-01 open; child dan; 2025-10-05 close home", "2025-10-10", "mn.providers", "2025-12-31 ended",
            "The last quarter, open to 5 October" },
    };
}
