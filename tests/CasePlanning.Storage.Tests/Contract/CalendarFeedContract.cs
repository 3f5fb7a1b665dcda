using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Tests.Contract;

public abstract class CalendarFeedContract : StoreContract
{
    [Fact]
    public async Task A_feed_is_found_by_its_person_and_by_the_hash_of_its_token()
    {
        Assert.Null(await Stores.Calendars.Find("ines", Ct));
        Assert.Null(await Stores.Calendars.FindByToken("c0ffee", Ct));

        await Stores.Calendars.Save(Feed("ines", "c0ffee"), Ct);
        await Stores.Calendars.Save(Feed("raul", "decaf"), Ct);

        Assert.Equal(Feed("ines", "c0ffee"), await Stores.Calendars.Find("ines", Ct));
        Assert.Equal(Feed("ines", "c0ffee"), await Stores.Calendars.FindByToken("c0ffee", Ct));
        Assert.Equal(Feed("raul", "decaf"), await Stores.Calendars.FindByToken("decaf", Ct));
        Assert.Null(await Stores.Calendars.FindByToken("C0FFEE", Ct));
    }

    [Fact]
    public async Task A_person_has_one_feed_and_the_token_of_the_one_before_opens_nothing()
    {
        await Stores.Calendars.Save(Feed("ines", "first"), Ct);
        await Stores.Calendars.Save(Feed("ines", "second") with { Since = Sample.Noon.AddDays(1) }, Ct);

        Assert.Null(await Stores.Calendars.FindByToken("first", Ct));
        Assert.Equal(Sample.Noon.AddDays(1), (await Stores.Calendars.FindByToken("second", Ct))!.Since);
        Assert.Equal("second", (await Stores.Calendars.Find("ines", Ct))!.TokenHash);
    }

    [Fact]
    public async Task A_feed_that_was_taken_away_is_gone_and_taking_it_away_again_is_harmless()
    {
        await Stores.Calendars.Save(Feed("ines", "c0ffee"), Ct);
        await Stores.Calendars.Save(Feed("raul", "decaf"), Ct);

        await Stores.Calendars.Remove("ines", Ct);
        await Stores.Calendars.Remove("ines", Ct);

        Assert.Null(await Stores.Calendars.Find("ines", Ct));
        Assert.Null(await Stores.Calendars.FindByToken("c0ffee", Ct));
        Assert.NotNull(await Stores.Calendars.FindByToken("decaf", Ct));
    }

    [Fact]
    public async Task An_instant_comes_back_in_UTC()
    {
        var local = new DateTimeOffset(2026, 7, 1, 9, 30, 0, TimeSpan.FromHours(-5)).AddTicks(1);

        await Stores.Calendars.Save(Feed("ines", "c0ffee") with { Since = local }, Ct);

        Assert.True((await Stores.Calendars.Find("ines", Ct))!.Since.EqualsExact(local.ToUniversalTime()));
    }

    private static CalendarFeed Feed(string person, string hash) => new("sample", person, hash, Sample.Noon);
}
