namespace JubileeVerse.Queues.State.Jobs;

/// <summary>The events of a job; <see cref="JobStateMachine"/> defines the transition of each.</summary>
internal enum JobEvent
{
    /// <summary>A run was granted to a worker.</summary>
    Started,

    Completed,

    /// <summary>An attempt failed and attempts remain.</summary>
    AttemptFailed,

    /// <summary>The last attempt failed, or the failure is permanent.</summary>
    FailedForGood,

    Snoozed,

    ProviderLimited,

    /// <summary>A stopping worker returned the job without running it, or the worker never received the grant.</summary>
    HandedBack,

    /// <summary>The worker died or stopped polling.</summary>
    Stalled,

    /// <summary>As <see cref="Stalled"/>, but the limit of stalls is exceeded.</summary>
    StalledOut,

    Cancelled,

    DelayElapsed,

    DeadlinePassed,

    RetriedByHand,

    Promoted,

    /// <summary>An operator deleted the job. Its row is deleted when the job's owner has acknowledged the cancellation.</summary>
    Removed,

    /// <summary>All children have ended, or one has failed whose failure lets the parent run.</summary>
    Unblocked,

    /// <summary>A child has failed whose failure fails the parent.</summary>
    ChildFailed,
}
