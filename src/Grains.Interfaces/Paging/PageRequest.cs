namespace JubileeVerse.Paging;

/// <summary>Requests a page of a list with keyset paging.</summary>
/// <param name="Limit">1 to <see cref="MaxLimit"/>.</param>
/// <param name="After">The cursor from the previous page; null for the first page.</param>
[GenerateSerializer, Immutable, Alias("PageRequest")]
public sealed record PageRequest(int Limit = PageRequest.DefaultLimit, string? After = null)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 100;
}
