namespace JubileeVerse.Grains.Tests.Queues.Histories;

/// <summary>
/// One operation on a queue. A, B and C select among the existing jobs and workers, so that any numbers make a valid history.
/// </summary>
internal readonly record struct HistoryStep(HistoryKind Kind, int A, int B, int C);

internal enum HistoryKind
{
    Accept,
    OfferAgain,
    Prepare,
    Finish,
    Abandon,
    Work,
    Report,
    ReportLate,
    WorkerDies,
    Restart,
    Pause,
    SetLimits,
    TakePositionUpdates,
    Advance,
    Jump,
    Cancel,
    Promote,
    RetryByHand,
    SetClockBack,
    SetPriority,
    Remove,
}
