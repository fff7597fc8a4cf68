namespace JubileeVerse.Queues.State;

/// <summary>What can happen to a job; <see cref="JobStateMachine"/> says where each leads.</summary>
internal enum JobEvent
{
    /// <summary>Granted to a worker.</summary>
    Started,

    Completed,

    /// <summary>An attempt failed and attempts remain.</summary>
    AttemptFailed,

    /// <summary>The last attempt failed, or another cannot help.</summary>
    FailedForGood,

    Snoozed,

    ProviderLimited,

    /// <summary>Given back unspent by a worker that stops, or never received by it.</summary>
    HandedBack,

    /// <summary>Its worker died or fell silent.</summary>
    Stalled,

    /// <summary>As <see cref="Stalled"/>, once too often.</summary>
    StalledOut,

    Cancelled,

    DelayElapsed,

    DeadlinePassed,

    RetriedByHand,

    Promoted,

    /// <summary>Deleted by hand: its row goes when whoever waits for it has been told.</summary>
    Removed,

    /// <summary>Its children have ended, or one has failed that lets it run then.</summary>
    Unblocked,

    /// <summary>A child has failed that it cannot do without.</summary>
    ChildFailed,
}
