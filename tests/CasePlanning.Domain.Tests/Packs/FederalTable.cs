namespace CasePlanning.Domain.Tests.Packs;

/// <summary>Dates of the federal pack, which doesn't roll.
/// A child enters foster care on the first judicial finding or 60 days after the removal.</summary>
internal static class FederalTable
{
    private const string Removed = "2025-01-02 open; child dan; foster dan";
    private const string Found = $"{Removed}; 2025-01-20 judicial-finding";
    private const string Detained = $"{Removed}; 2025-08-25 detention dan";
    private const string Returned = $"{Detained}; 2025-09-20 foster dan";
    private const string MonthEnd = "2025-08-20 open; child dan; foster dan; 2025-08-31 judicial-finding";
    private const string LeapDay = "2024-02-20 open; child dan; foster dan; 2024-02-29 judicial-finding";
    private const string ReviewDischarge = "federal fed.review.pause=discharge";
    private const string HearingDischarge = "federal fed.permanency-hearing.pause=discharge";

    public static TheoryData<string, string, string, string, string, string> Rows => new()
    {
        // fed.initial: 60 days after the removal, in each episode
        { "federal", "2025-01-01 open; child dan; foster dan", "2025-01-10", "fed.initial", "2025-03-02 upcoming",
            "30 + 28 + 2: a Sunday stays" },
        { "federal", "2024-01-01 open; child dan; foster dan", "2024-01-10", "fed.initial", "2024-03-01 upcoming",
            "30 + 29 + 1 in a leap year" },
        { "federal", $"{Removed}; 2025-02-01 home dan; 2025-03-15 foster dan", "2025-03-20", "fed.initial", "2025-03-03 ended",
            "The first episode ended" },
        { "federal", $"{Removed}; 2025-02-01 home dan; 2025-03-15 foster dan", "2025-03-20", "fed.initial #2", "2025-05-14 upcoming",
            "16 + 30 + 14 in the second episode" },
        { "federal", "2025-01-02 open; child dan", "2025-01-10", "fed.initial", "none", "The child is at home" },
        { "federal", $"{Removed}; 2025-03-04 version placed", "2025-03-10", "fed.initial", "2025-03-03 met late",
            "29 + 28 + 3; a day late" },

        // fed.review: six months after entering foster care, or after the last review if that is earlier
        { "federal", Removed, "2025-04-01", "fed.review", "2025-09-03 upcoming", "Entered 60 days after the removal, on 3 March" },
        { "federal", Found, "2025-04-01", "fed.review", "2025-07-20 upcoming", "Entered on the finding; a Sunday stays" },
        { "federal", $"{Removed}; 2025-03-10 judicial-finding", "2025-04-01", "fed.review", "2025-09-03 upcoming",
            "The finding came after the 60 days" },
        { "federal", $"{Removed}; 2025-03-02 judicial-finding", "2025-04-01", "fed.review", "2025-09-02 upcoming",
            "The finding came on the 59th day" },
        { "federal", $"{Removed}; 2025-08-15 court-review", "2025-09-10", "fed.review", "2025-09-03 met on time", "Held on 15 August" },
        { "federal", $"{Removed}; 2025-08-15 court-review", "2025-09-10", "fed.review #2", "2026-02-15 upcoming",
            "Six months after the last one; the grid says 3 March 2026" },
        { "federal", $"{Removed}; 2025-05-01 court-review; 2025-08-20 administrative-review", "2025-09-10", "fed.review #2",
            "2026-02-20 upcoming",
            "The last of two reviews" },
        { "federal", Removed, "2025-09-04", "fed.review", "2025-09-03 missed", "The next cycle has begun" },
        { "federal", $"{Removed}; 2025-09-10 court-review", "2025-09-20", "fed.review #2", "2025-09-04 met late",
            "Too late for the first cycle, it meets the second, which was due at once" },
        { "federal", Removed, "2025-09-04", "fed.review #2", "2025-09-04 due", "The first was missed: due on the day the second opens" },
        { "federal", Removed, "2026-03-04", "fed.review #2", "2025-09-04 missed", "The third opens the day after 3 March 2026" },
        { "federal", Removed, "2026-03-05", "fed.review #3", "2026-03-04 overdue", "A forgotten child is never without a date" },
        { "federal", $"{Removed}; 2025-03-10 court-review", "2025-04-10", "fed.review #2", "2025-09-10 upcoming",
            "The next one is there once the first is met" },
        { "federal", $"{Removed}; 2025-03-03 court-review", "2025-08-01", "fed.review #2", "2025-09-03 upcoming",
            "Six months after a review on the very day of entering, and no day more" },
        { "federal", "2024-01-01 open; child dan; foster dan; judicial-finding; 2024-06-20 court-review; 2024-07-01 home dan; " +
            "2025-01-02 foster dan; judicial-finding", "2025-02-01", "fed.review #3", "2025-07-02 upcoming",
            "The review of the stay before is none of this one" },
        { "federal", $"{Removed}; 2025-09-10 court-review", "2026-03-05", "fed.review #3", "2026-03-10 due soon",
            "Six months after the review of 10 September; the grid says 3 September 2026" },
        { "federal", MonthEnd, "2025-09-10", "fed.review", "2026-02-28 upcoming", "February has no 31st" },
        { "federal", MonthEnd, "2026-03-10", "fed.review #2", "2026-03-01 overdue", "The day after 28 February, since the first was missed" },
        { "federal", $"{MonthEnd}; 2026-02-27 court-review", "2026-03-10", "fed.review #2", "2026-08-27 upcoming",
            "Six months after the review; the grid says 31 August" },
        { "federal", $"{MonthEnd}; 2026-03-10 court-review", "2026-09-01", "fed.review #3", "2026-09-10 due soon",
            "The second ran to 31 August, twelve months after the first one, not to 28 August" },
        { "federal", "2025-01-02 open; child dan; child eva; foster dan; foster eva; 2025-08-15 court-review eva", "2025-09-10",
            "fed.review dan",
            "2025-09-03 missed", "The review was the sister's" },

        // fed.review: a stay outside foster care
        { "federal", Detained, "2025-09-03", "fed.review", "2025-09-03 excused", "The date falls in the stay" },
        { "federal", Detained, "2025-09-10", "fed.review", "2025-09-03 excused", "Still away a week after the date" },
        { "federal", Returned, "2025-09-20", "fed.review", "2025-09-03 -> 2025-09-20 due", "Due on the return" },
        { "federal", $"{Detained}; 2025-09-01 hospital dan; 2025-09-20 foster dan", "2025-09-20", "fed.review",
            "2025-09-03 -> 2025-09-20 due", "From detention to hospital isn't a return" },
        { "federal", $"{Detained}; 2026-04-01 foster dan", "2026-04-01", "fed.review", "2025-09-03 -> 2026-04-01 excused",
            "The second date, 3 March 2026, fell in the stay as well" },
        { "federal", $"{Detained}; 2026-04-01 foster dan", "2026-04-01", "fed.review #2", "2026-03-03 -> 2026-04-01 due",
            "Of two dates in one stay the last waits for the return" },
        { "federal", Returned, "2025-09-21", "fed.review", "2025-09-03 -> 2025-09-20 missed",
            "The next cycle begins the day after the return" },
        { "federal", $"{Returned}; court-review", "2025-09-25", "fed.review", "2025-09-03 -> 2025-09-20 met on time",
            "Held on the day of the return" },
        { "federal", $"{Returned}; court-review", "2025-09-25", "fed.review #2", "2026-03-03 upcoming",
            "The schedule goes on as before (CWPM 8.3C.2); six months after the review would be 20 March" },
        { "federal", $"{Removed}; 2025-05-01 detention dan; 2025-06-01 foster dan", "2025-06-10", "fed.review", "2025-09-03 upcoming",
            "A stay that contains no date moves none" },
        { "federal", $"{Removed}; 2025-08-25 trial dan", "2025-09-03", "fed.review", "2025-09-03 due", "A trial home visit is no pause" },
        { "federal", $"{Removed}; 2025-08-25 hospital dan; 2025-09-03 foster dan", "2025-09-03", "fed.review", "2025-09-03 due",
            "Back on the day itself" },
        { ReviewDischarge, Returned, "2025-10-10", "fed.review", "2025-09-03 ended", "The detention counts as discharge" },
        { ReviewDischarge, Returned, "2025-12-10", "fed.review #2", "2026-05-19 upcoming",
            "60 days after the return is 19 November: 10 + 31 + 19; six months more" },

        // fed.permanency-hearing: twelve months after entering foster care, or after the last hearing if that is earlier
        { "federal", Removed, "2025-04-01", "fed.permanency-hearing", "2026-03-03 upcoming", "Entered on 3 March 2025" },
        { "federal", LeapDay, "2024-04-01", "fed.permanency-hearing", "2025-02-28 upcoming", "Twelve months after 29 February" },
        { "federal", LeapDay, "2027-03-10", "fed.permanency-hearing #4", "2027-03-01 overdue", "Three were missed" },
        { "federal", $"{LeapDay}; 2027-02-28 permanency-hearing", "2027-03-10", "fed.permanency-hearing #4", "2028-02-28 upcoming",
            "Twelve months after the last one; the grid says 29 February" },
        { "federal", $"{Removed}; 2025-12-10 permanency-hearing", "2026-03-10", "fed.permanency-hearing #2", "2026-12-10 upcoming",
            "475(5)(C): not less than every 12 months; the grid says 3 March 2027" },
        { "federal", $"{Removed}; 2025-12-10 court-review", "2026-03-03", "fed.permanency-hearing", "2026-03-03 due",
            "A review is no permanency hearing" },
        { "federal", $"{Removed}; 2026-02-20 detention dan; 2026-03-20 foster dan", "2026-03-20", "fed.permanency-hearing",
            "2026-03-03 -> 2026-03-20 due", "Due on the return" },
        { HearingDischarge, Returned, "2025-12-10", "fed.permanency-hearing #2", "2026-11-19 upcoming", "Twelve months after 19 November" },

        // fed.fifteen-of-22
        { "federal", Removed, "2025-04-01", "fed.fifteen-of-22", "2026-06-03 upcoming", "Fifteen months after 3 March 2025" },
        { "federal", Found, "2025-04-01", "fed.fifteen-of-22", "2026-04-20 upcoming", "Fifteen months after the finding" },
        { "federal", $"{Found}; 2026-04-13 permanency-petition", "2026-05-01", "fed.fifteen-of-22", "2026-04-20 met on time",
            "A petition" },
        { "federal", $"{Found}; 2026-04-21 petition-exception", "2026-05-01", "fed.fifteen-of-22", "2026-04-20 met late",
            "An exception, a day late" },
        { "federal", $"{Found}; 2026-04-13 petition-exception; 2026-09-01 permanency-petition", "2026-09-10", "fed.fifteen-of-22",
            "2026-04-20 met on time", "The exception met it; the petition came on top" },
        { "federal",
            "2024-01-01 open; child dan; foster dan; judicial-finding; 2024-07-01 home dan; 2024-10-01 foster dan; judicial-finding",
            "2025-01-10", "fed.fifteen-of-22 #2", "2025-06-26 upcoming",
            "15 months are 450 days over several stays: 182 in the first (January to June 2024), 268 from 1 October 2024" },
        { "federal",
            "2023-01-01 open; child dan; foster dan; judicial-finding; 2023-07-01 home dan; 2025-10-01 foster dan; judicial-finding",
            "2025-11-10", "fed.fifteen-of-22 #2", "2026-12-25 upcoming",
            "The first stay lies outside the 22 months: 450 days from 1 October 2025" },
        { "federal", "2025-01-01 open; child dan; foster dan; judicial-finding; 2025-07-01 trial dan; 2025-08-01 foster dan", "2025-09-10",
            "fed.fifteen-of-22", "2026-04-27 upcoming", "181 days to 1 July; 269 more from 1 August, without the trial home visit" },
        { "federal", $"{Found}; 2025-06-01 home dan", "2025-06-10", "fed.fifteen-of-22", "2026-04-20 ended",
            "Went home before the fifteenth month" },
        { "federal", $"{Found}; 2025-06-01 trial dan", "2025-07-01", "fed.fifteen-of-22", "2026-04-20 excused",
            "The date stays while the child is away, and the months don't count" },
        { "federal", $"{Found}; 2026-05-01 missing dan", "2026-05-10", "fed.fifteen-of-22", "2026-04-20 overdue",
            "The fifteenth month came before the child ran" },
        { "federal", "2023-01-01 open; child dan; foster dan; judicial-finding; 2024-08-01 trial dan; 2024-09-01 foster dan", "2024-10-01",
            "fed.fifteen-of-22", "2024-04-01 overdue", "Fifteen months were over before the visit" },
        { "federal",
            "2024-01-01 open; child dan; foster dan; judicial-finding; 2024-05-01 permanency-petition; 2024-07-01 home dan; " +
            "2024-10-01 foster dan; judicial-finding",
            "2025-01-10", "fed.fifteen-of-22 #2", "2025-06-26 upcoming", "The petition met the duty of the first stay" },

        // fed.visit: each calendar month touched
        { "federal", "2025-01-31 open; child dan; foster dan", "2025-01-31", "fed.visit", "2025-01-31 due",
            "In care on one day of the month" },
        { "federal", Removed, "2025-02-01", "fed.visit", "2025-01-31 missed", "The next month has begun" },
        { "federal", $"{Removed}; 2025-01-15 caseworker-visit dan", "2025-02-01", "fed.visit", "2025-01-31 met on time",
            "Visited on 15 January" },
        { "federal", "2024-01-02 open; child dan; foster dan", "2024-02-10", "fed.visit #2", "2024-02-29 upcoming", "A leap year" },
        { "federal", $"{Removed}; 2025-03-10 home dan", "2025-04-10", "fed.visit #3", "2025-03-31 ended",
            "The last month, in care to the 10th" },
        { "federal", $"{Removed}; child eva; foster eva; 2025-01-15 caseworker-visit dan", "2025-02-01", "fed.visit eva",
            "2025-01-31 missed", "The brother was visited" },
        { "federal", "2025-05-05 open; child dan; foster dan", "2025-05-31", "fed.visit", "2025-05-31 due",
            "A Saturday: months don't roll" },
        { "federal", $"{Removed}; 2025-02-20 detention dan; 2025-04-10 foster dan", "2025-04-15", "fed.visit #3", "2025-04-30 upcoming",
            "No day of March was in foster care; April is the third" },
        { "federal", $"{Detained}; 2025-08-27 close placed; 2025-08-29 reopen placed", "2025-09-10", "fed.visit #9", "none",
            "Reopened in detention: eight months to August, and none of September" },
    };
}
