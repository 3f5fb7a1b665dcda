using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Tests.Contract;

public abstract class OutboxContract : StoreContract
{
    private static readonly DateTimeOffset Noon = Sample.Noon;

    [Fact]
    public async Task A_message_is_stored_once_under_its_id()
    {
        Assert.True(await Stores.Outbox.Add(Sample.Message("m"), Ct));
        Assert.False(await Stores.Outbox.Add(Sample.Message("m") with { Subject = "another" }, Ct));

        Assert.Equal("Due soon", (await Stores.Outbox.Find("m", Ct))!.Subject);
        Assert.Null(await Stores.Outbox.Find("none", Ct));
    }

    [Fact]
    public async Task A_message_added_by_many_at_once_is_new_for_one_of_them()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Stores.Outbox.Add(Sample.Message("m"), Ct))));

        Assert.Single(added, isNew => isNew);
    }

    [Fact]
    public async Task Messages_to_be_tried_come_longest_stored_first_up_to_the_limit()
    {
        await Add(
            At("c", -1), At("a", 0), At("b", -9) with { NextAttempt = Noon }, At("later", -99) with { NextAttempt = Noon.AddTicks(1) },
            Sample.Message("sent", Noon) with { State = MessageState.Sent }, Sample.Message("dead", Noon) with { State = MessageState.Dead });

        Assert.Equal(["b", "c", "a"], Ids(await Stores.Outbox.Waiting(Noon, 10, Ct)));
        Assert.Equal(["b", "c"], Ids(await Stores.Outbox.Waiting(Noon, 2, Ct)));
        Assert.Equal(Noon, await Stores.Outbox.Earliest(Ct));
        Assert.Equal(Noon.AddMinutes(-99), await Stores.Outbox.OldestWaiting(Ct));
    }

    [Fact]
    public async Task Without_a_waiting_message_there_is_no_next_attempt()
    {
        await Add(Sample.Message("sent") with { State = MessageState.Sent });

        Assert.Null(await Stores.Outbox.Earliest(Ct));
    }

    [Fact]
    public async Task An_attempt_is_recorded_with_how_it_ended()
    {
        await Add(Sample.Message("m"));
        var tried = Sample.Message("m", Noon.AddMinutes(5)) with { Attempts = 1, LastError = "Greylisted", Address = "ines@city.example", Revision = 1 };

        Assert.True(await Stores.Outbox.Update(tried, Ct));

        Same.As(tried, await Stores.Outbox.Find("m", Ct));
        Assert.Empty(await Stores.Outbox.Waiting(Noon, 10, Ct));
        Assert.Single(await Stores.Outbox.Waiting(Noon.AddMinutes(5), 10, Ct));
    }

    [Fact]
    public async Task A_sent_message_is_not_tried_again()
    {
        await Add(Sample.Message("m"));

        await Stores.Outbox.Update(Sample.Message("m") with { Attempts = 1, State = MessageState.Sent, SentAt = Noon.AddTicks(3), Revision = 1 }, Ct);

        Assert.Equal(Noon.AddTicks(3), (await Stores.Outbox.Find("m", Ct))!.SentAt);
        Assert.Empty(await Stores.Outbox.Waiting(Noon.AddDays(1), 10, Ct));
        Assert.Null(await Stores.Outbox.OldestWaiting(Ct));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Of_two_who_saw_the_same_message_the_first_outcome_stays_and_nothing_follows_from_the_other(int revision)
    {
        await Add(Sample.Message("m"));
        Assert.True(await Stores.Outbox.Update(Sample.Message("m") with { Attempts = 1, State = MessageState.Sent, SentAt = Noon, Revision = 1 }, Ct));

        Assert.False(await Stores.Outbox.Update(Sample.Message("m") with { Attempts = 1, State = MessageState.Dead, Revision = revision }, Ct, Sample.Message("next")));

        Assert.Equal(MessageState.Sent, (await Stores.Outbox.Find("m", Ct))!.State);
        Assert.Null(await Stores.Outbox.Find("next", Ct));
    }

    [Fact]
    public async Task Of_many_who_record_an_outcome_at_once_one_is_taken()
    {
        await Add(Sample.Message("m"));

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => Stores.Outbox.Update(
            Sample.Message("m") with { State = MessageState.Dead, Revision = 1 }, Ct, Sample.Message($"next-{number}")))));

        Assert.Single(taken, each => each);
        Assert.Single(await Stores.Outbox.Waiting(Noon, 100, Ct));
    }

    [Fact]
    public async Task What_follows_from_an_outcome_is_stored_with_it_and_never_twice()
    {
        await Add(Sample.Message("m"), Sample.Message("known") with { Subject = "as it was" });

        Assert.True(await Stores.Outbox.Update(Sample.Message("m") with { State = MessageState.Dead, Revision = 1 }, Ct, Sample.Message("next"), Sample.Message("known")));

        Assert.Equal(["known", "next"], Ids(await Stores.Outbox.Waiting(Noon, 10, Ct)));
        Assert.Equal("as it was", (await Stores.Outbox.Find("known", Ct))!.Subject);
    }

    [Fact]
    public async Task A_dead_letter_is_released_with_its_count_as_it_was()
    {
        await Add(Sample.Message("m") with { State = MessageState.Dead, Attempts = 8, LastError = "Mailbox full" });

        await Stores.Outbox.Update(Sample.Message("m", Noon.AddDays(1)) with { State = MessageState.Waiting, Attempts = 8, Revision = 1 }, Ct);

        var found = await Stores.Outbox.Find("m", Ct);
        Assert.Equal((MessageState.Waiting, 8, null), (found!.State, found.Attempts, found.LastError));
        Assert.Equal(["m"], Ids(await Stores.Outbox.Waiting(Noon.AddDays(1), 10, Ct)));
    }

    [Fact]
    public async Task What_a_gateway_reports_is_kept_and_dead_letters_nobody_heard_of_are_counted_until_they_are_released()
    {
        var arrived = Sample.Message("arrived") with { State = MessageState.Sent, SentAt = Noon, DeliveredAt = Noon.AddSeconds(1), Revision = 1 };
        var lost = Sample.Message("lost") with { State = MessageState.Dead, LastError = "No such mailbox", Unheard = true, Revision = 1 };
        await Add(Sample.Message("arrived"), Sample.Message("lost"), Sample.Message("dead") with { State = MessageState.Dead });
        Assert.Equal(0, await Stores.Outbox.Unheard(Ct));

        await Stores.Outbox.Update(arrived, Ct);
        await Stores.Outbox.Update(lost, Ct);

        Same.As(arrived, await Stores.Outbox.Find("arrived", Ct));
        Same.As(lost, await Stores.Outbox.Find("lost", Ct));
        Assert.Equal(1, await Stores.Outbox.Unheard(Ct));
        await Stores.Outbox.Update(Sample.Message("lost") with { Revision = 2 }, Ct);
        Assert.Equal(0, await Stores.Outbox.Unheard(Ct));
    }

    [Fact]
    public async Task What_a_message_says_by_the_time_it_is_sent_is_kept()
    {
        await Add(Sample.Message("m") with { Items = ["a", "b"] });
        var revised = Sample.Message("m") with { Subject = "1 thing to do", Body = MailBody.Of("One."), Items = ["b"], State = MessageState.Sent, SentAt = Noon, Revision = 1 };

        Assert.True(await Stores.Outbox.Update(revised, Ct));

        Same.As(revised, await Stores.Outbox.Find("m", Ct));
    }

    [Fact]
    public async Task The_outcome_of_an_unknown_message_is_ignored()
    {
        Assert.False(await Stores.Outbox.Update(Sample.Message("m") with { Revision = 1 }, Ct, Sample.Message("next")));

        Assert.Null(await Stores.Outbox.Find("m", Ct));
        Assert.Null(await Stores.Outbox.Find("next", Ct));
    }

    [Fact]
    public async Task An_agencys_mail_is_listed_newest_first_by_state_and_by_case()
    {
        await Saved(Sample.Opened("a-1") with
        {
            Messages = [At("case-old", 1) with { Case = "a-1" }, At("case-dead", 2) with { Case = "a-1", State = MessageState.Dead }],
        });
        await Add(At("z-new", 9), At("a-new", 9), At("sent", 5) with { State = MessageState.Sent }, At("dead", 4) with { State = MessageState.Dead }, At("other", 9) with { Agency = "other" });

        Assert.Equal(["z-new", "a-new", "sent", "dead", "case-dead", "case-old"], Ids(await Stores.Outbox.List("sample", Ct)));
        Assert.Equal(["z-new", "a-new"], Ids(await Stores.Outbox.List("sample", Ct, limit: 2)));
        Assert.Equal(["sent"], Ids(await Stores.Outbox.List("sample", Ct, MessageState.Sent)));
        Assert.Equal(["dead", "case-dead"], Ids(await Stores.Outbox.List("sample", Ct, MessageState.Dead)));
        Assert.Equal(["case-dead", "case-old"], Ids(await Stores.Outbox.List("sample", Ct, caseId: "a-1")));
        Assert.Equal(["case-old"], Ids(await Stores.Outbox.List("sample", Ct, MessageState.Waiting, "a-1")));
        Assert.Empty(await Stores.Outbox.List("other", Ct, caseId: "a-1"));
    }

    private static Message At(string id, int minute) => Sample.Message(id) with { StoredAt = Noon.AddMinutes(minute) };

    private static IEnumerable<string> Ids(IEnumerable<Message> messages) => messages.Select(message => message.Id);

    private async Task Add(params Message[] messages)
    {
        foreach (var message in messages)
        {
            Assert.True(await Stores.Outbox.Add(message, Ct));
        }
    }
}
