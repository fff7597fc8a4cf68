using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.State.Flows;

/// <summary>The transition of a blocked job.</summary>
/// <param name="FailedChild">The child whose failure fails the job; null when the job is unblocked.</param>
internal readonly record struct FlowMove(CompactId Id, JobEvent Event, CompactId? FailedChild);
