using System.Globalization;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Tests.Packs;

/// <summary>
/// The facts of one case in a compact notation: items divided by semicolons, each a date and what happened, without the date if it is that
/// of the item before. <c>2025-01-02 open; child dan born 2023-05-01; foster dan; 2025-01-20 version placed signed 2025-01-22;
/// review placed</c>.
/// A version takes effect on its date; its plan date is the same unless <c>dated</c> says otherwise, and it plans for every child unless
/// <c>for</c> names one.
/// </summary>
internal sealed class Notation
{
    private static readonly Dictionary<string, PlacementSetting> Settings = new()
    {
        ["home"] = PlacementSetting.Home, ["foster"] = PlacementSetting.FosterHome, ["relative"] = PlacementSetting.RelativeHome,
        ["shelter"] = PlacementSetting.Shelter, ["detention"] = PlacementSetting.Detention, ["hospital"] = PlacementSetting.Hospital,
        ["trial"] = PlacementSetting.TrialHome, ["missing"] = PlacementSetting.Missing,
    };

    private readonly List<PlanVersion> _home = [];
    private readonly List<PlanVersion> _placed = [];
    private int _count;

    private Notation()
    {
    }

    public CaseFile File { get; private set; } = Given.CaseWith();

    public IReadOnlyList<CasePlan> Plans =>
    [
        new() { Id = Given.HomePlan, Case = Given.Case, Setting = Setting.AtHome, Versions = _home },
        new() { Id = Given.PlacedPlan, Case = Given.Case, Setting = Setting.OutOfHome, Versions = _placed },
    ];

    public static Notation Of(string facts)
    {
        var read = new Notation();
        var on = default(DateOnly);
        foreach (var item in facts.Split(';', StringSplitOptions.TrimEntries))
        {
            var words = item.Split(' ');
            if (DateOnly.TryParseExact(words[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                (on, words) = (date, words[1..]);
            }

            read.Add(on, words[0], words.Length > 1 && words[1] != "until" ? words[1] : null, words);
        }

        return read;
    }

    private void Add(DateOnly on, string word, string? about, string[] words)
    {
        var source = $"{word}-{++_count}";
        Fact? fact = word switch
        {
            "open" => new Opening { Source = source, On = on },
            "child" => new Participant
            {
                Source = about!, On = on, Name = about!, Role = ParticipantRole.FocusChild, IndianChild = words.Contains("indian"),
                BirthDate = After(words, "born"), Until = After(words, "until"),
            },
            "review" => new PlanReview { Source = source, On = on, Plan = PlanOf(about!), Attended = "everybody" },
            "close" => new PlanClosing { Source = source, On = on, Plan = PlanOf(about!), Reason = "Goals are met." },
            "reopen" => new PlanReopening { Source = source, On = on, Plan = PlanOf(about!), Reason = "New concerns." },
            "excuse" => new Excusal
            {
                Source = source, On = on, Occurrence = about!, Until = After(words, "until")!.Value, Reason = "The child is missing.",
            },
            _ when Settings.TryGetValue(word, out var setting) =>
                new Placement { Source = source, On = on, Child = about!, Setting = setting },
            _ when Named<DeterminationKind>(word) is { } what => new Determination { Source = source, On = on, What = what, Child = about },
            _ when Named<ContactKind>(word) is { } what => new Contact { Source = source, On = on, What = what, Child = about },
            _ when Named<MeetingKind>(word) is { } what => new Meeting { Source = source, On = on, What = what, Child = about },
            _ when Named<ToolKind>(word) is { } what => new ToolCompleted { Source = source, On = on, What = what, Child = about! },
            _ => null,
        };
        if (fact is not null)
        {
            File = File.With(fact with { RecordedOn = on, RecordedAt = new DateTimeOffset(on.ToDateTime(new(18, 0)), TimeSpan.Zero) });
            return;
        }

        AddVersion(on, word, about!, words);
    }

    private void AddVersion(DateOnly on, string word, string plan, string[] words)
    {
        var versions = plan == "home" ? _home : _placed;
        if (word is "approved" or "returned" or "recalled")
        {
            var asked = versions[^1];
            var answer = new CultureInfo("en-US").TextInfo.ToTitleCase(word);
            versions[^1] = asked with
            {
                Requests = [.. asked.Requests.SkipLast(1),
                    asked.Requests[^1] with { Answer = Enum.Parse<ApprovalAnswer>(answer), AnsweredOn = on }],
            };
            return;
        }

        if (word is not ("version" or "rescinded" or "submitted"))
        {
            throw new ArgumentException($"The notation has no word '{word}'.", nameof(word));
        }

        if (versions is [.., { Status: VersionStatus.InEffect }] && word == "version")
        {
            versions[^1] = versions[^1] with { Status = VersionStatus.Superseded };
        }

        var date = After(words, "dated") ?? on;
        var number = versions.Count + 1;
        var only = Array.IndexOf(words, "for") is >= 0 and var at ? words[at + 1] : null;
        versions.Add(new PlanVersion
        {
            Number = number,
            Kind = number == 1 ? VersionKind.Initial : VersionKind.Update,
            Status = word switch { "version" => VersionStatus.InEffect, "rescinded" => VersionStatus.Rescinded, _ => VersionStatus.PendingApproval },
            PlanDate = date,
            EndDate = PlanVersion.DefaultEnd(date),
            FocusChildren = only is null ? [.. File.Of<Participant>().Select(child => child.Source)] : [only],
            CreatedOn = on,
            CreatedBy = "wanda",
            EffectiveOn = word == "submitted" ? null : on,
            SignedOn = After(words, "signed") ?? After(words, "refused"),
            Requests = word != "submitted" ? []
                : [new ApprovalRequest { Id = $"{PlanOf(plan)}.v{number}.1", SubmittedBy = "wanda", SubmittedAt = default, SubmittedOn = on }],
        });
    }

    private static DateOnly? After(string[] words, string word) =>
        Array.IndexOf(words, word) is >= 0 and var at ? Given.Day(words[at + 1]) : null;

    private static string PlanOf(string plan) => plan == "home" ? Given.HomePlan : Given.PlacedPlan;

    /// <summary>The value a word such as <c>family-met</c> names.</summary>
    private static T? Named<T>(string word) where T : struct, Enum =>
        Enum.TryParse<T>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value) ? value : null;
}
