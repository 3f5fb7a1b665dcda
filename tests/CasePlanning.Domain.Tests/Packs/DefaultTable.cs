namespace CasePlanning.Domain.Tests.Packs;

/// <summary>Dates of the default pack and of the clock in force everywhere; neither rolls.
/// More of them stand in the tests of deadlines.</summary>
internal static class DefaultTable
{
    private const string Submitted = "2025-01-02 open; child dan; 2025-01-16 submitted home";

    public static TheoryData<string, string, string, string, string, string> Rows => new()
    {
        { "default", "2025-01-31 open; child dan", "2025-02-10", "default.initial", "2025-03-02 upcoming", "28 + 2: a Sunday stays" },
        { "default", "2025-01-02 open; child dan; 2025-01-31 foster dan", "2025-02-10", "default.initial #2", "2025-03-02 upcoming",
            "28 + 2 from the placement" },
        { "default", "2025-01-02 open; child dan; 2025-01-10 version home", "2025-02-10", "default.review", "2025-04-10 upcoming",
            "21 + 28 + 31 + 10" },
        { "default", "2025-01-02 open; child dan; 2025-01-10 version home; 2025-03-01 review home", "2025-03-10", "default.review #2",
            "2025-05-30 upcoming", "30 + 30 + 30 after 1 March" },
        { "default", "2025-08-25 open; child dan; 2025-08-31 version home", "2025-09-10", "default.update", "2026-02-28 upcoming",
            "February has no 31st; a Saturday stays" },
        { "default", "2023-08-25 open; child dan; 2023-08-31 version home", "2023-09-10", "default.update", "2024-02-29 upcoming",
            "A leap year" },
        { "default", Submitted, "2025-01-17", "approval.decision", "2025-01-23 upcoming",
            "Five working days: 17, 20, 21, 22 and 23 January; the default pack knows no holidays" },
        { "michigan", Submitted, "2025-01-17", "approval.decision", "2025-01-24 upcoming",
            "Monday 20 January is Martin Luther King Jr. Day" },
        { "default", $"{Submitted}; 2025-01-20 recalled home", "2025-01-21", "approval.decision", "2025-01-23 ended", "Recalled" },
        { "default", $"{Submitted}; 2025-01-24 returned home", "2025-01-27", "approval.decision", "2025-01-23 met late",
            "Returned a day late" },
    };
}
