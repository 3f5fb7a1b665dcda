namespace CasePlanning.Storage.Tests.Contract;

/// <summary>Answers kept under idempotency keys.</summary>
public abstract class ReplyContract : StoreContract
{
    [Fact]
    public async Task A_reply_is_found_until_its_time_has_passed()
    {
        await Saved(Sample.Opened("a-1") with { Reply = Sample.Reply("k", Sample.Noon.AddHours(24)) });

        Assert.NotNull(await Stores.Cases.FindReply("k", Sample.Noon, Ct));
        Assert.NotNull(await Stores.Cases.FindReply("k", Sample.Noon.AddHours(24).AddTicks(-1), Ct));
        Assert.Null(await Stores.Cases.FindReply("k", Sample.Noon.AddHours(24), Ct));
        Assert.Null(await Stores.Cases.FindReply("other", Sample.Noon, Ct));
    }

    [Fact]
    public async Task An_expired_reply_makes_room_for_another()
    {
        await Saved(Sample.Opened("a-1") with { Reply = Sample.Reply("k", Sample.Noon, "first") });
        Assert.Null(await Stores.Cases.FindReply("k", Sample.Noon.AddMinutes(1), Ct));

        await Saved(Sample.Opened("a-2") with { Reply = Sample.Reply("k", Sample.Noon.AddHours(24), "second") });

        Assert.Equal("second", (await Stores.Cases.FindReply("k", Sample.Noon.AddMinutes(1), Ct))!.Body);
    }

    [Fact]
    public async Task Saving_a_reply_takes_away_only_those_whose_time_has_passed()
    {
        await Saved(Sample.Opened("a-1") with { Reply = Sample.Reply("short", Sample.Noon.AddHours(1)) });
        await Saved(Sample.Opened("a-2") with { Reply = Sample.Reply("long", Sample.Noon.AddHours(3)) });
        Assert.Null(await Stores.Cases.FindReply("short", Sample.Noon.AddHours(2), Ct));

        await Saved(Sample.Opened("a-3") with { Reply = Sample.Reply("new", Sample.Noon.AddHours(26)) });

        Assert.Null(await Stores.Cases.FindReply("short", Sample.Noon, Ct));
        Assert.NotNull(await Stores.Cases.FindReply("long", Sample.Noon, Ct));
        Assert.NotNull(await Stores.Cases.FindReply("new", Sample.Noon, Ct));
    }
}
