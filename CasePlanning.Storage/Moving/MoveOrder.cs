using CasePlanning.Storage.Tables;

namespace CasePlanning.Storage.Moving;

/// <summary>Ids sort as their keys do in Table storage, so that every store gives its content in one order and the same content is the same bytes.</summary>
internal static class MoveOrder
{
    public static IEnumerable<T> InMoveOrder<T>(this IEnumerable<T> items, Func<T, string> id) => items.OrderBy(item => TableKey.Of(id(item)), StringComparer.Ordinal);
}
