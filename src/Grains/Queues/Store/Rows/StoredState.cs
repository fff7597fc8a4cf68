using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.Store.Rows;

/// <summary>The state of a stored job.</summary>
/// <param name="State">The state that was written last.</param>
/// <param name="Acknowledged">The job's owner has acknowledged the job's end.</param>
internal readonly record struct StoredState(JobState State, bool Acknowledged)
{
    /// <summary>A new job with the same id may replace this one.</summary>
    public bool CanBeReplaced => Acknowledged && !JobStateMachine.IsOpen(State);
}
