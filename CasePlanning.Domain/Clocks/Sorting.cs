namespace CasePlanning.Domain.Clocks;

/// <summary>Something with a date, for sorting.</summary>
internal interface IDated
{
    DateOnly On { get; }
}

internal static class Sorting
{
    /// <summary>Sorts by date and keeps the order within a day. What comes here is short, and nearly always sorted.</summary>
    public static void InsertionSort<T>(Span<T> items)
        where T : IDated
    {
        for (var index = 1; index < items.Length; index++)
        {
            if (items[index].On >= items[index - 1].On)
            {
                continue;
            }

            var (item, place) = (items[index], index);
            for (; place > 0 && items[place - 1].On > item.On; place--)
            {
                items[place] = items[place - 1];
            }

            items[place] = item;
        }
    }
}
