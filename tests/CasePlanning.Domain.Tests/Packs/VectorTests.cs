namespace CasePlanning.Domain.Tests.Packs;

/// <summary>Each row's dates were counted by hand; a failure prints what was expected and what was found.</summary>
public sealed class VectorTests
{
    public static TheoryData<string, string, string, string, string, string> California => CaliforniaTable.Rows;

    public static TheoryData<string, string, string, string, string, string> Michigan => MichiganTable.Rows;

    [Theory]
    [MemberData(nameof(California))]
    [MemberData(nameof(Michigan))]
    public void Each_date_is_the_one_counted_by_hand(string packs, string facts, string on, string which, string expected, string why) =>
        Vector.Check(packs, facts, on, which, expected, why);
}
