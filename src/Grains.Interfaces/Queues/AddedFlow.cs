using System.Collections.Immutable;

namespace JubileeVerse.Queues;

/// <summary>What became of a flow that was added.</summary>
/// <param name="Parent">A duplicate, by its id or its key: nothing was added.</param>
/// <param name="Children">In the order in which they were given; empty for a duplicate.</param>
[GenerateSerializer, Immutable, Alias("AddedFlow")]
public sealed record AddedFlow(AddedJob Parent, ImmutableArray<AddedJob> Children);
