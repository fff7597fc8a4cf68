using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Ranks;

namespace JubileeVerse.Queues.State;

/// <summary>A new job that has its sort key and is not committed yet.</summary>
/// <param name="User">The share of the job's user, which already counts the job.</param>
internal sealed record PreparedJob(StoredJob Row, UserShare User);
