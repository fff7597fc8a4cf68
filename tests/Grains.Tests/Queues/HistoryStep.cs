namespace JubileeVerse.Queues;

/// <summary>One thing that happens to a queue; A, B and C choose among what there is, so that any numbers make a history.</summary>
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
    Limit,
    Look,
    Advance,
    Jump,
    Cancel,
    Promote,
    RetryByHand,
    SetBack,
    SetPriority,
    Remove,
}
