namespace CasePlanning.Domain.Tests.Packs;

/// <summary>Each row's dates were counted by hand; a failure prints what was expected and what was found.</summary>
public sealed class VectorTests
{
    public static TheoryData<string, string, string, string, string, string> California => CaliforniaTable.Rows;

    public static TheoryData<string, string, string, string, string, string> Michigan => MichiganTable.Rows;

    public static TheoryData<string, string, string, string, string, string> Minnesota => MinnesotaTable.Rows;

    public static TheoryData<string, string, string, string, string, string> Wisconsin => WisconsinTable.Rows;

    public static TheoryData<string, string, string, string, string, string> Federal => FederalTable.Rows;

    public static TheoryData<string, string, string, string, string, string> Default => DefaultTable.Rows;

    [Theory]
    [MemberData(nameof(California))]
    [MemberData(nameof(Michigan))]
    [MemberData(nameof(Minnesota))]
    [MemberData(nameof(Wisconsin))]
    [MemberData(nameof(Federal))]
    [MemberData(nameof(Default))]
    public void Each_date_is_the_one_counted_by_hand(string packs, string facts, string on, string which, string expected, string why) =>
        Vector.Check(packs, facts, on, which, expected, why);
}
