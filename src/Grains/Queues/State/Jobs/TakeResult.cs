using System.Collections.Immutable;

namespace JubileeVerse.Queues.State.Jobs;

/// <summary>The result of <see cref="QueueState.Take"/>.</summary>
/// <param name="Starts">At most as many as the worker has free slots.</param>
/// <param name="Changes">The starts, and the jobs that were found to be due or past their deadlines.</param>
internal sealed record TakeResult(ImmutableArray<JobStart> Starts, ImmutableArray<JobChange> Changes);
