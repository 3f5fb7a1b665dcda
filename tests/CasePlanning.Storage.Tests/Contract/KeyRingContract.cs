using CasePlanning.Storage.Tables;

namespace CasePlanning.Storage.Tests.Contract;

/// <summary>Keys that processes over the same tables share.</summary>
public abstract class KeyRingContract
{
    /// <summary>Opens a service with the store's tables, which are empty.</summary>
    protected abstract Task<ITableService> Open();

    [Fact]
    public async Task What_one_process_adds_every_other_finds()
    {
        var service = await Open();
        var (one, another) = (new TablesKeyRing(service), new TablesKeyRing(service));

        await one.Add("key-1", "<key>ñ</key>", default);
        await another.Add("revocation-*/1", "<revocation />", default);

        Assert.Equal(["<key>ñ</key>", "<revocation />"], await one.All(default));
        Assert.Equal(await one.All(default), await another.All(default));
    }

    [Fact]
    public async Task A_key_is_never_put_in_anothers_place()
    {
        var ring = new TablesKeyRing(await Open());
        await ring.Add("key-1", "<key />", default);

        await Assert.ThrowsAsync<InvalidOperationException>(() => ring.Add("key-1", "<other />", default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => ring.Add("key-2", new string('x', 40_000), default));
        Assert.Equal(["<key />"], await ring.All(default));
    }

    [Fact]
    public async Task There_may_be_more_keys_than_a_page_has()
    {
        var ring = new TablesKeyRing(await Open());
        foreach (var number in Enumerable.Range(0, TableLimits.RowsPerPage + 1))
        {
            await ring.Add($"key-{number}", "<key />", default);
        }

        Assert.Equal(TableLimits.RowsPerPage + 1, (await ring.All(default)).Count);
    }
}
