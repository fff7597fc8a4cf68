namespace JubileeVerse.Queues;

/// <summary>Alone, because what other tests hold meanwhile would be counted too.</summary>
[CollectionDefinition(nameof(QueueMemoryTests), DisableParallelization = true)]
[Collection(nameof(QueueMemoryTests))]
public sealed class QueueMemoryTests
{
    private const int Jobs = 100_000;
    private const int MaxBytes = 235;

    /// <summary>Odd, for a median: what earlier tests held may be freed in the midst of one round or two, and would count against them.</summary>
    private const int Rounds = 5;

    [Fact]
    public void WaitingJob_IdsOfUuids_TakesSomeTwoHundredBytesBeyondItsId()
    {
        var bytes = Enumerable.Range(0, Rounds).Select(_ => BytesOfAJob()).Order().ElementAt(Rounds / 2);

        Assert.InRange(bytes, 1, MaxBytes);
    }

    private static long BytesOfAJob()
    {
        var queue = new QueueState(QueueRules.Default, new QueueLimits(1, 1), epoch: 1, paused: false);
        GC.WaitForPendingFinalizers();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        queue.Load(Enumerable.Range(0, Jobs).Select(Row), 0);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / Jobs;

        Assert.Equal(Jobs, queue.Open);
        return bytes;
    }

    private static StoredJob Row(int i) => new(
        new JobId(new Guid(i, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]).ToString()),
        $"user-{i % 1_000}",
        new Guid(i, 9, 9, [3, 4, 5, 6, 7, 8, 9, 10]).ToString(),
        OrderNumber: 1,
        Priority: 5,
        Weight: 1,
        Attempts: 3,
        BackoffMs: 1_000,
        AcceptedAt: i,
        Deadline: i + 900_000,
        Place: i);
}
