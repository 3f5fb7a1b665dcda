using CasePlanning.Domain.Json;

namespace CasePlanning.Domain.Clocks;

/// <summary>What names and texts of packs look like, and how that is said.</summary>
internal static class PackText
{
    public const string Name = "^[a-z0-9-]{1,40}$";
    public const string NameSays = "1 to 40 small letters, digits or hyphens";
    public const string Short = @"^\S[^\r\n]{0,99}$";
    public const string ShortSays = "one line of at most 100 characters";
    public const string Long = @"^\S[^\r\n]{0,499}$";
    public const string LongSays = "one line of at most 500 characters";
}

/// <summary>A word of <see cref="Vocabulary.Anchors"/>.</summary>
internal sealed class AnchorAttribute : WordAttribute
{
    public override IEnumerable<string> Words => Vocabulary.Anchors.Keys;
}

/// <summary>A word of <see cref="Vocabulary.Acts"/>.</summary>
internal sealed class ActAttribute : WordAttribute
{
    public override IEnumerable<string> Words => Vocabulary.Acts.Keys;
}

/// <summary>A word of <see cref="Vocabulary.Conditions"/>.</summary>
internal sealed class ConditionAttribute : WordAttribute
{
    public override IEnumerable<string> Words => Vocabulary.Conditions.Keys;
}
