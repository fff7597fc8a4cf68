using System.Collections.Immutable;

namespace JubileeVerse.Paging;

/// <summary>One page of a list with keyset paging.</summary>
/// <param name="Items">At most the requested number, in the list's order.</param>
/// <param name="Next">Opaque cursor of the next page; null on the last page.</param>
[GenerateSerializer, Immutable, Alias("Page`1")]
public sealed record Page<T>(ImmutableArray<T> Items, string? Next);
