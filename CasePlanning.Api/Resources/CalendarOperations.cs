using System.Security.Cryptography;
using System.Text;
using CasePlanning.Api.Pipeline;
using CasePlanning.Application.Calendars;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CasePlanning.Api.Resources;

internal static class CalendarOperations
{
    private const string MediaType = "text/calendar";

    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "Calendar",
        Define.Plain<FeedAddress>("createCalendar", HttpMethods.Post, "/api/me/calendar", Policy.Everybody,
            "Gives the caller a calendar feed of their deadlines, in the place of one they had. Its address is told this once; whoever knows it reads the feed.",
            call => call.Get<CalendarFeeds>().Create(call.Caller, call.Aborted)).Repeatable() with
        {
            Successes = [StatusCodes.Status201Created],
            Render = (_, value) => Reply.Recorded((FeedAddress)value, isNew: true, "/api/me/calendar"),
        },
        Define.Read<FeedState>("getCalendar", "/api/me/calendar", Policy.Everybody, "Whether the caller has a calendar feed, and since when.",
            call => call.Get<CalendarFeeds>().State(call.Caller, call.Aborted)),
        Define.Plain<FeedState>("revokeCalendar", HttpMethods.Delete, "/api/me/calendar", Policy.Everybody, "Takes the caller's calendar feed away; its address then opens nothing.",
            call => call.Get<CalendarFeeds>().Revoke(call.Caller, call.Aborted)).Repeatable(),
        Define.Read<string>("readCalendar", "/calendars/{token}.ics", Policy.Anonymous,
            "What somebody has to do, on their own and covered cases and as decisions that are theirs to take, as all-day events for calendar programs to subscribe to.",
            call => call.Get<CalendarFeeds>().Read(call.Route("token"), call.Now, call.Aborted)) with
        {
            MediaType = MediaType,
            HasETag = true,
            Successes = [StatusCodes.Status200OK, StatusCodes.Status304NotModified],
            Render = (call, value) => Calendar(call.Context.Request, (string)value),
        });

    private static Reply Calendar(HttpRequest request, string text)
    {
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16))}\"");
        var isKnown = EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
            && known.Any(each => each.Equals(EntityTagHeaderValue.Any) || each.Compare(tag, useStrongComparison: false));
        return new Reply(isKnown ? StatusCodes.Status304NotModified : StatusCodes.Status200OK, isKnown ? [] : Reply.Utf8(text), tag.ToString(), ContentType: $"{MediaType}; charset=utf-8")
        {
            CacheControl = "private, no-cache",
        };
    }
}
