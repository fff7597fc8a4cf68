using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.State.Jobs;

/// <param name="Status">The job's status; null when the job has ended.</param>
/// <param name="Change">The change that stores the job's sort key; null unless the job was accepted.</param>
internal readonly record struct AcceptResult(AcceptKind Kind, JobStatus? Status, JobChange? Change);
