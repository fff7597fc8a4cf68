using System.Collections.Immutable;

namespace JubileeVerse.Queues.Jobs;

/// <summary>The result of adding a flow.</summary>
/// <param name="Parent">The parent job. If it is a duplicate by its id or its key, nothing was added.</param>
/// <param name="Children">The children in the order of the request; empty for a duplicate.</param>
[GenerateSerializer, Immutable, Alias("AddedFlow")]
public sealed record AddedFlow(AddedJob Parent, ImmutableArray<AddedJob> Children);
