using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Application.Calendars;

/// <summary>A feed's address, told once.</summary>
/// <param name="Address">Whoever knows it reads the feed; keep it to oneself.</param>
public sealed record FeedAddress(string Address, DateTimeOffset Since);

/// <summary>Whether somebody has a feed, and since when.</summary>
public sealed record FeedState(bool Exists, DateTimeOffset? Since);

/// <summary>Deadlines as a calendar that programs subscribe to, under an address nobody can guess.</summary>
public sealed class CalendarFeeds(ICalendarFeedStore feeds, IDirectoryStore directories, CaseWalk walk, MailSettings settings)
{
    private const int TokenBytes = 32;
    private const string Refresh = "PT1H";

    /// <summary>Gives the caller a feed, in the place of the one they may have had.</summary>
    public async Task<Result<FeedAddress>> Create(Caller caller, CancellationToken ct)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        await feeds.Save(new CalendarFeed(caller.Person.Agency, caller.Person.Id, HashOf(token), caller.Now), ct);
        return new FeedAddress($"{settings.LinkBase}/calendars/{token}.ics", caller.Now);
    }

    public async Task<Result<FeedState>> State(Caller caller, CancellationToken ct) =>
        await feeds.Find(caller.Person.Id, ct) is { } feed ? new FeedState(true, feed.Since) : new FeedState(false, null);

    /// <summary>Takes the caller's feed away; its address then opens nothing.</summary>
    public async Task<Result<FeedState>> Revoke(Caller caller, CancellationToken ct)
    {
        await feeds.Remove(caller.Person.Id, ct);
        return new FeedState(false, null);
    }

    /// <summary>
    /// The calendar behind a token; what is unknown, revoked or belongs to somebody who left isn't there. It is looked up by the token's
    /// hash, so how long that takes tells nothing of any token.
    /// </summary>
    public async Task<Result<string>> Read(string token, DateTimeOffset now, CancellationToken ct) =>
        await feeds.FindByToken(HashOf(token), ct) is { } feed
        && await directories.Find(feed.Agency, ct) is { } directory
        && directory.Person(feed.Person) is { Active: true } person
            ? CalendarText.Of("Case plan deadlines", Refresh, await Events(new Caller(person, directory, now), ct))
            : new Refusal.NotFound("What this address names");

    /// <summary>What somebody has to do: the workers' duties on their own and covered cases, and the decisions that are theirs to take.</summary>
    private async Task<IEnumerable<CalendarEvent>> Events(Caller caller, CancellationToken ct)
    {
        var events = new List<CalendarEvent>();
        await foreach (var each in walk.Mine(caller, ct))
        {
            events.AddRange(each.Agenda.Deadlines.Where(deadline => deadline.IsOpen && DeskReading.IsWorkersOwn(deadline)).Select(deadline => Event(caller.Directory.Agency, each, deadline, request: null)));
        }

        await foreach (var (walked, plan) in walk.ToDecide(caller, ct))
        {
            var request = walked.Agenda.Plans.First(view => view.Plan.Id == plan).Plan.InPreparation!.OpenRequest!.Id;
            events.AddRange(walked.Agenda.Deadlines.Where(deadline => deadline is { IsOpen: true, Rule.Scope: RuleScope.Version } && deadline.Plan == plan).Select(deadline => Event(caller.Directory.Agency, walked, deadline, request)));
        }

        return events.OrderBy(each => each.On).ThenBy(each => each.Uid, StringComparer.Ordinal);
    }

    /// <param name="request">Id of the request, where it is a decision that is due.</param>
    private CalendarEvent Event(Agency agency, WalkedCase walked, Deadline deadline, string? request)
    {
        var file = walked.File;
        return new CalendarEvent(
            settings.IdFor($"{file.Id}~{deadline.Occurrence}"),
            deadline.Due,
            $"Case {file.Number}: {deadline.Rule.Name}",
            Explanation.SentenceOf(deadline),
            settings.LinkTo(file.Id, deadline.Plan, request),
            Changed(agency, walked),
            // Whatever moves a date is a change of the case, of a plan or of the agency, and each counts its own.
            file.Revision + walked.Agenda.Plans.Sum(view => view.Plan.Revision) + agency.Revision);
    }

    private static DateTimeOffset Changed(Agency agency, WalkedCase walked) => walked.File.Facts.Select(fact => fact.RecordedAt)
        .Concat(walked.Agenda.Plans.SelectMany(view => view.Plan.Versions).SelectMany(version => version.Requests).Select(request => request.AnsweredAt ?? request.SubmittedAt))
        .Concat(agency.RuleChanges.Select(change => change.At)).Max();

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
