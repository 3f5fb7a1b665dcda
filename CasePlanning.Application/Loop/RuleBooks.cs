using System.Runtime.CompilerServices;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Application.Loop;

/// <summary>Keeps the rule book of each agency as long as the agency's record is the same.</summary>
internal static class RuleBooks
{
    private static readonly ConditionalWeakTable<Agency, RuleBook> Books = [];

    public static RuleBook For(Agency agency) => Books.GetValue(agency, RuleBook.For);
}
