using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Tests.Contract;

public abstract class InboxStoreContract : StoreContract
{
    private static readonly DateTimeOffset Noon = Sample.Noon;

    [Fact]
    public async Task People_with_something_for_their_digest_come_once_and_the_longest_waiting_first()
    {
        await Raise(
            Sample.Item("a-1", "1", "raul", Noon), Sample.Item("a-1", "2", "raul", Noon.AddDays(-1)), Sample.Item("a-1", "3", "ines", Noon),
            Sample.Item("a-1", "4", "ana", Noon), Sample.Item("a-1", "5", "ana", Noon), Sample.Item("a-1", "6", "later", Noon.AddTicks(1)),
            Sample.Item("a-1", "7", "told", Noon) with { MailedIn = "m" });

        Assert.Equal([("sample", "raul"), ("sample", "ana"), ("sample", "ines")], await Stores.Inbox.PeopleWaiting(Noon, 10, Ct));
        Assert.Equal([("sample", "raul"), ("sample", "ana")], await Stores.Inbox.PeopleWaiting(Noon, 2, Ct));
        Assert.Empty(await Stores.Inbox.PeopleWaiting(Noon.AddDays(-2), 10, Ct));
    }

    [Fact]
    public async Task The_earliest_digest_is_that_of_items_still_waiting()
    {
        Assert.Null(await Stores.Inbox.Earliest(Ct));

        await Raise(Sample.Item("a-1", "1", notBefore: Noon.AddTicks(7)), Sample.Item("a-1", "2", notBefore: Noon) with { MailedIn = "m" });

        Assert.Equal(Noon.AddTicks(7), await Stores.Inbox.Earliest(Ct));
    }

    [Fact]
    public async Task A_persons_items_come_by_due_date_and_key_whatever_their_morning()
    {
        await Raise(
            Sample.Item("a-1", "b") with { Due = new DateOnly(2026, 4, 1) }, Sample.Item("a-1", "a") with { Due = new DateOnly(2026, 4, 1) },
            Sample.Item("a-1", "c", notBefore: Noon.AddDays(1)) with { Due = new DateOnly(2026, 3, 31) },
            Sample.Item("a-1", "d") with { MailedIn = "m" }, Sample.Item("a-1", "e", "raul"));

        Assert.Equal(["c>ines", "a>ines", "b>ines"], (await Stores.Inbox.Waiting("ines", Ct)).Select(item => item.Key));
        Assert.Empty(await Stores.Inbox.Waiting("nobody", Ct));
    }

    [Fact]
    public async Task Items_a_mail_carried_wait_no_more()
    {
        await Raise(Sample.Item("a-1", "1"), Sample.Item("a-1", "2"), Sample.Item("a-1", "3"), Sample.Item("a-1", "4", "raul"), Sample.Item("a-1", "5", "raul"));

        await Stores.Inbox.MarkMailed(["1>ines", "3>ines", "4>raul", "unknown>ines", "unknown"], "m", Ct);

        Assert.Equal(["2>ines"], (await Stores.Inbox.Waiting("ines", Ct)).Select(item => item.Key));
        Assert.Equal(["5>raul"], (await Stores.Inbox.Waiting("raul", Ct)).Select(item => item.Key));
    }

    [Fact]
    public async Task An_item_that_was_carried_stays_carried_when_it_is_raised_or_postponed_again()
    {
        await Raise(Sample.Item("a-1", "1"));
        await Stores.Inbox.MarkMailed(["1>ines"], "m", Ct);

        await Saved(Sample.Next("a-1", 1) with { Inbox = [Sample.Item("a-1", "1")] });
        await Stores.Inbox.Postpone(["1>ines"], Noon.AddDays(1), Ct);

        Assert.Empty(await Stores.Inbox.Waiting("ines", Ct));
        Assert.Null(await Stores.Inbox.Earliest(Ct));
    }

    [Fact]
    public async Task A_postponed_item_waits_for_the_later_morning_and_never_for_an_earlier_one()
    {
        await Raise(Sample.Item("a-1", "1"), Sample.Item("a-1", "2"), Sample.Item("a-1", "3", notBefore: Noon.AddDays(5)));

        await Stores.Inbox.Postpone(["1>ines", "3>ines"], Noon.AddDays(1).AddTicks(1), Ct);

        var mornings = (await Stores.Inbox.Waiting("ines", Ct)).ToDictionary(item => item.Key, item => item.NotBefore, StringComparer.Ordinal);
        Assert.Equal(Noon.AddDays(1).AddTicks(1), mornings["1>ines"]);
        Assert.Equal(Noon, mornings["2>ines"]);
        Assert.Equal(Noon.AddDays(5), mornings["3>ines"]);
        Assert.Equal(Noon, await Stores.Inbox.Earliest(Ct));
    }

    [Fact]
    public async Task A_person_whose_items_were_all_carried_waits_for_no_digest()
    {
        await Raise(Sample.Item("a-1", "1", notBefore: Noon.AddDays(-1)), Sample.Item("a-1", "2"), Sample.Item("a-1", "3", "raul"));

        await Stores.Inbox.MarkMailed(["1>ines"], "m", Ct);
        Assert.Equal(Noon, await Stores.Inbox.Earliest(Ct));

        await Stores.Inbox.MarkMailed(["2>ines"], "m", Ct);
        Assert.Equal([("sample", "raul")], await Stores.Inbox.PeopleWaiting(Noon, 10, Ct));
    }

    [Fact]
    public async Task An_item_passed_on_waits_for_its_new_person_and_one_on_record_stays_as_it_is()
    {
        await Raise(Sample.Item("a-1", "1"));
        await Stores.Inbox.MarkMailed(["1>ines"], "m", Ct);

        await Stores.Inbox.Add([Sample.Item("a-1", "1"), Sample.Item("a-1", "1", "raul", Noon.AddDays(1))], Ct);
        await Stores.Inbox.Add([Sample.Item("a-1", "1", "raul", Noon.AddDays(5))], Ct);

        Assert.Empty(await Stores.Inbox.Waiting("ines", Ct));
        Assert.Equal(Noon.AddDays(1), Assert.Single(await Stores.Inbox.Waiting("raul", Ct)).NotBefore);
        Assert.Equal([("sample", "raul")], await Stores.Inbox.PeopleWaiting(Noon.AddDays(1), 10, Ct));
        Assert.Equal(Noon.AddDays(1), await Stores.Inbox.Earliest(Ct));
    }

    [Fact]
    public async Task What_was_mailed_when_it_was_saved_is_found_by_its_message()
    {
        await Saved(Sample.Opened("a-1") with
        {
            Messages = [Sample.Message("m") with { Case = "a-1" }],
            Inbox = [Sample.Item("a-1", "2") with { MailedIn = "m" }, Sample.Item("a-1", "1") with { MailedIn = "m" }, Sample.Item("a-1", "3"), Sample.Item("a-1", "4") with { MailedIn = "digest" }],
        });

        Assert.Equal(["1>ines", "2>ines"], (await Stores.Inbox.CarriedBy("m", Ct)).Select(item => item.Key));
        Assert.Equal(["4>ines"], (await Stores.Inbox.CarriedBy("digest", Ct)).Select(item => item.Key));
    }

    [Fact]
    public async Task What_a_message_carried_is_found_by_it()
    {
        await Raise(Sample.Item("a-1", "2"), Sample.Item("a-1", "1"), Sample.Item("a-1", "3"), Sample.Item("a-1", "4") with { MailedIn = "other" });
        await Stores.Inbox.MarkMailed(["1>ines", "2>ines"], "m", Ct);

        Assert.Equal(["1>ines", "2>ines"], (await Stores.Inbox.CarriedBy("m", Ct)).Select(item => item.Key));
        Assert.All(await Stores.Inbox.CarriedBy("m", Ct), item => Assert.Equal("m", item.MailedIn));
        Assert.Empty(await Stores.Inbox.CarriedBy("none", Ct));
    }

    [Fact]
    public async Task A_cases_items_are_listed_as_they_were_raised_with_the_mail_that_carried_them()
    {
        await Raise(Sample.Item("a-1", "2"), Sample.Item("a-1", "1", "raul") with { RaisedAt = Noon.AddDays(1) });
        await Saved(Sample.Opened("a-2") with { Inbox = [Sample.Item("a-2", "3")] });
        await Stores.Inbox.MarkMailed(["2>ines"], "m", Ct);

        Assert.Equal([("2>ines", "m"), ("1>raul", null)], (await Stores.Inbox.OfCase("a-1", Ct)).Select(item => (item.Key, item.MailedIn)));
        Assert.Empty(await Stores.Inbox.OfCase("none", Ct));
    }

    [Fact]
    public async Task An_item_whose_key_does_not_end_with_its_person_is_refused() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Raise(Sample.Item("a-1", "1") with { Key = "1>raul" }));

    private Task Raise(params InboxItem[] items) => Saved(Sample.Opened("a-1") with { Inbox = items });
}
