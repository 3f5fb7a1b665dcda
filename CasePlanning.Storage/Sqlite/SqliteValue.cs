namespace CasePlanning.Storage.Sqlite;

/// <summary>A value for a column: text, a document as UTF-8, a whole number, or null.</summary>
internal readonly struct SqliteValue
{
    private SqliteValue(string? text) => Text = text;

    private SqliteValue(byte[]? document) => Document = document;

    private SqliteValue(long number) => (Number, IsNumber) = (number, true);

    public string? Text { get; }

    public byte[]? Document { get; }

    public long Number { get; }

    public bool IsNumber { get; }

    /// <summary>Whether two values are one; documents only where they are one piece of memory.</summary>
    public bool IsSame(in SqliteValue other) =>
        IsNumber == other.IsNumber && Number == other.Number && ReferenceEquals(Document, other.Document) && string.Equals(Text, other.Text, StringComparison.Ordinal);

    public static implicit operator SqliteValue(string? text) => new(text);

    public static implicit operator SqliteValue(byte[]? document) => new(document);

    public static implicit operator SqliteValue(long number) => new(number);

    public static implicit operator SqliteValue(long? number) => number is { } known ? new(known) : default;

    public static implicit operator SqliteValue(bool flag) => new(flag ? 1 : 0);
}
