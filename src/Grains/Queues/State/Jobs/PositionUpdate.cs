using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.State.Jobs;

/// <summary>A new position of a waiting job, to publish to the clients that wait for it.</summary>
internal readonly record struct PositionUpdate(JobStatus Status, string? OrderKey);
