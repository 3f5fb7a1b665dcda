using System.Text.RegularExpressions;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>Searches what a process logged and sent for every family it was told of: that of the sample agency, of the walkthrough, and of the tests here.</summary>
internal static partial class Unnamed
{
    public static void Check(string log, string mailFolder)
    {
        Assert.DoesNotMatch(Families(), log);
        foreach (var file in Directory.Exists(mailFolder) ? Directory.GetFiles(mailFolder, "*.eml") : [])
        {
            Assert.DoesNotMatch(Families(), File.ReadAllText(file).Replace("=\r\n", "", StringComparison.Ordinal));
        }
    }

    [GeneratedRegex(@"\b(Marsh|Castell|Dalton|Varga|Fontaine|Lena|Greta|Ivo|Nora|Peter|Amir|June|Theo|Magda|Mila|Odette|Walkthrough|Ines|Rosa|Kit|Kim|Child \d+|Sibling)\b|grandmother|outpatient|sleeping place|On the way", RegexOptions.IgnoreCase)]
    internal static partial Regex Families();
}
