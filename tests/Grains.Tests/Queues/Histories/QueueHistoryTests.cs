using CsCheck;

namespace JubileeVerse.Grains.Tests.Queues.Histories;

public sealed class QueueHistoryTests
{
    private const int Histories = 1_200;
    private const int MaxSteps = 200;

    private static readonly Gen<HistoryKind> Kinds = Gen.Frequency(
        (24, Gen.Const(HistoryKind.Accept)),
        (3, Gen.Const(HistoryKind.OfferAgain)),
        (6, Gen.Const(HistoryKind.Prepare)),
        (5, Gen.Const(HistoryKind.Finish)),
        (1, Gen.Const(HistoryKind.Abandon)),
        (26, Gen.Const(HistoryKind.Work)),
        (20, Gen.Const(HistoryKind.Report)),
        (3, Gen.Const(HistoryKind.ReportLate)),
        (2, Gen.Const(HistoryKind.WorkerDies)),
        (3, Gen.Const(HistoryKind.Restart)),
        (3, Gen.Const(HistoryKind.Pause)),
        (2, Gen.Const(HistoryKind.SetLimits)),
        (4, Gen.Const(HistoryKind.TakePositionUpdates)),
        (12, Gen.Const(HistoryKind.Advance)),
        (4, Gen.Const(HistoryKind.Jump)),
        (4, Gen.Const(HistoryKind.Cancel)),
        (2, Gen.Const(HistoryKind.Promote)),
        (3, Gen.Const(HistoryKind.RetryByHand)),
        (2, Gen.Const(HistoryKind.SetClockBack)),
        (3, Gen.Const(HistoryKind.SetPriority)),
        (2, Gen.Const(HistoryKind.Remove)));

    private static readonly Gen<HistoryStep[]> Steps = Gen
        .Select(Kinds, Gen.Int[0, 99], Gen.Int[0, 99], Gen.Int[0, 99], (kind, a, b, c) => new HistoryStep(kind, a, b, c))
        .Array[0, MaxSteps];

    [Fact]
    public void QueueState_RandomHistories_BehavesLikeTheModel()
    {
        var steps = 0;
        Steps.Sample(
            history =>
            {
                var run = new QueueHistory();
                run.Run(history);
                Interlocked.Add(ref steps, run.Steps);
            },
            iter: Histories,
            print: history => string.Join(Environment.NewLine, history));

        Assert.True(steps >= 100_000, $"Only {steps} steps were taken.");
    }
}
