namespace CasePlanning.Domain.Tests.Packs;

public sealed class OnceTests
{
    [Theory]
    [InlineData("california", "2025-01-05 in-person-response; 2025-01-07 open; child dan; 2025-02-01 foster dan; 2025-03-01 home dan")]
    [InlineData("minnesota", "2025-01-05 services-needed; 2025-01-07 open; child dan; 2025-02-01 foster dan; 2025-03-01 home dan")]
    [InlineData("minnesota", "2025-01-05 services-needed; 2025-01-07 open; child dan born 2024-01-01; maltreatment-determined; " +
        "2025-02-01 close home; 2025-03-01 reopen home")]
    [InlineData("minnesota", "2025-01-05 order-for-placement; 2025-01-07 open; child dan; foster dan; 2025-02-01 order-for-protective-care; " +
        "close placed; reopen placed")]
    [InlineData("michigan", "2025-01-05 complaint-assigned; 2025-01-07 open; child dan indian; 2025-02-01 close home; 2025-03-01 reopen home")]
    [InlineData("federal+wisconsin", "2025-01-07 open; child dan; foster dan; 2025-02-01 home dan; 2025-03-01 foster dan; judicial-finding")]
    public void A_fact_anchors_a_duty_once_however_often_the_child_moves(string packs, string facts)
    {
        var names = Vector.DeadlinesOf(Vector.AgencyOf(packs), facts, "2025-03-10").Select(each => each.Occurrence).ToArray();
        Assert.NotEmpty(names);
        Assert.Equal(names.Distinct(), names);
    }
}
