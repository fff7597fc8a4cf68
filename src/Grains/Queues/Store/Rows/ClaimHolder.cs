using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.Store.Rows;

/// <summary>The job that holds a claim, with the state that was written last.</summary>
internal readonly record struct ClaimHolder(JobId Job, JobState State);
