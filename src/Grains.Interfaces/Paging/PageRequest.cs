namespace JubileeVerse.Paging;

/// <summary>Which page of a keyset-paged list is wanted.</summary>
/// <param name="Limit">1 to <see cref="MaxLimit"/>.</param>
/// <param name="After">The cursor that the page before gave; null for the first.</param>
[GenerateSerializer, Immutable, Alias("PageRequest")]
public sealed record PageRequest(int Limit = PageRequest.DefaultLimit, string? After = null)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 100;
}
