using System.Collections.Frozen;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.State.Jobs;

/// <summary>All transitions of a job. A test checks that <c>docs/queues.md</c> has the same table.</summary>
internal static class JobStateMachine
{
    private static readonly FrozenDictionary<(JobState From, JobEvent On), JobState> Moves = new Dictionary<(JobState, JobEvent), JobState>
    {
        [(JobState.Waiting, JobEvent.Started)] = JobState.Active,
        [(JobState.Waiting, JobEvent.Cancelled)] = JobState.Cancelled,
        [(JobState.Waiting, JobEvent.Removed)] = JobState.Cancelled,
        [(JobState.Waiting, JobEvent.DeadlinePassed)] = JobState.Failed,

        [(JobState.Delayed, JobEvent.DelayElapsed)] = JobState.Waiting,
        [(JobState.Delayed, JobEvent.Promoted)] = JobState.Waiting,
        [(JobState.Delayed, JobEvent.Cancelled)] = JobState.Cancelled,
        [(JobState.Delayed, JobEvent.Removed)] = JobState.Cancelled,
        [(JobState.Delayed, JobEvent.DeadlinePassed)] = JobState.Failed,

        [(JobState.Blocked, JobEvent.Unblocked)] = JobState.Waiting,
        [(JobState.Blocked, JobEvent.ChildFailed)] = JobState.Failed,
        [(JobState.Blocked, JobEvent.Cancelled)] = JobState.Cancelled,
        [(JobState.Blocked, JobEvent.Removed)] = JobState.Cancelled,
        [(JobState.Blocked, JobEvent.DeadlinePassed)] = JobState.Failed,

        [(JobState.Active, JobEvent.Completed)] = JobState.Completed,
        [(JobState.Active, JobEvent.AttemptFailed)] = JobState.Delayed,
        [(JobState.Active, JobEvent.FailedForGood)] = JobState.Failed,
        [(JobState.Active, JobEvent.Snoozed)] = JobState.Delayed,
        [(JobState.Active, JobEvent.ProviderLimited)] = JobState.Waiting,
        [(JobState.Active, JobEvent.HandedBack)] = JobState.Waiting,
        [(JobState.Active, JobEvent.Stalled)] = JobState.Waiting,
        [(JobState.Active, JobEvent.StalledOut)] = JobState.Failed,
        [(JobState.Active, JobEvent.Cancelled)] = JobState.Cancelled,

        [(JobState.Failed, JobEvent.RetriedByHand)] = JobState.Waiting,
    }.ToFrozenDictionary();

    /// <summary>The table, for the test that compares it with the documentation.</summary>
    public static IEnumerable<(JobState From, JobEvent On, JobState To)> Table =>
        Moves.Select(move => (move.Key.From, move.Key.On, move.Value));

    /// <summary>Looks up a transition; false when the event is not allowed in the state.</summary>
    public static bool TryMove(JobState from, JobEvent e, out JobState to) => Moves.TryGetValue((from, e), out to);

    /// <summary>Waiting, delayed, blocked or active.</summary>
    public static bool IsOpen(JobState state) => state is JobState.Waiting or JobState.Delayed or JobState.Blocked or JobState.Active;
}
