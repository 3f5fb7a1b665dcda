using System.Globalization;
using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Tables;

/// <summary>The tables, and the keys of the rows in them.</summary>
internal static class TableNames
{
    /// <summary>A partition per case, named by its id.</summary>
    public const string Cases = "cases";

    /// <summary>A partition per agency, named by its id.</summary>
    public const string Directory = "directory";

    /// <summary>A partition per id of a person: the agency that has it.</summary>
    public const string People = "people";

    /// <summary>A partition per message: the message itself where it belongs to no case, else where it is.</summary>
    public const string Messages = "messages";

    /// <summary>A partition per person with a calendar feed.</summary>
    public const string Feeds = "feeds";

    /// <summary>Index rows.</summary>
    public const string Index = "caseindex";

    /// <summary>Where the walk of the repair has got to.</summary>
    public const string Upkeep = "upkeep";

    /// <summary>One partition: keys that the processes over these tables share.</summary>
    public const string Keys = "keys";

    /// <summary>What the repair walks, in its order.</summary>
    public static readonly IReadOnlyList<string> Walked = [Cases, Directory, People, Messages, Feeds, Index];

    public static readonly IReadOnlyList<string> All = [.. Walked, Upkeep, Keys];

    /// <summary>First in every partition that is changed as a whole.</summary>
    public const string Head = "0~head";

    public const string File = "1~file";

    public const string Marks = "2~marks";

    public const string Plan = "3~plan~";

    /// <summary>Sorts after what a case is loaded with, and before everything else in its partition.</summary>
    public const string AfterPlans = "4";

    public const string Content = "content~";

    public const string Progress = "progress~";

    public const string History = "history~";

    public const string Inbox = "inbox~";

    public const string Message = "message~";

    public const string Notice = "notice~";

    public const string Reply = "reply~";

    public const string Agency = "agency";

    public const string Unit = "unit~";

    public const string Person = "person~";

    public const string Feed = "feed";

    public static string VersionOf(string prefix, string plan, int version) =>
        prefix + TableKey.Of(plan, version.ToString("D8", CultureInfo.InvariantCulture));

    public static string InboxOf(string item) => Inbox + TableKey.Of(StoreRules.PersonOf(item), item);

    public static string MessageOf(string id) => Message + TableKey.Of(id);

    public static string ReplyOf(string key) => Reply + TableKey.Of(key);

    public static Place PlaceOf(InboxItem item) => new(Cases, TableKey.Of(item.Case), InboxOf(item.Key));
}
