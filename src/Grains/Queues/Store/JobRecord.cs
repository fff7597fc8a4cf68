using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.Store;

/// <summary>A job's row and the job itself.</summary>
internal sealed record JobRecord(StoredJob Row, Job Job, bool Acknowledged, string? Failure);
