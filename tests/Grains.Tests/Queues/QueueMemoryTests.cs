using JubileeVerse.Queues.State;

namespace JubileeVerse.Queues;

/// <summary>Alone, because what other tests hold meanwhile would be counted too.</summary>
[CollectionDefinition(nameof(QueueMemoryTests), DisableParallelization = true)]
[Collection(nameof(QueueMemoryTests))]
public sealed class QueueMemoryTests
{
    private const int MaxBytes = 200;

    /// <param name="jobs">The index has the next power of two of places.</param>
    /// <param name="rounds">Odd, for a median: what earlier tests held may be freed in the midst of one round or two, and would count against them.</param>
    [Theory]
    [InlineData(100_000, 5)]
    [InlineData(1_000_000, 1)]
    public void WaitingJob_IdsOfUuids_TakesAtMostTwoHundredBytes(int jobs, int rounds)
    {
        var bytes = Enumerable.Range(0, rounds).Select(_ => BytesOfAJob(jobs)).Order().ElementAt(rounds / 2);

        Assert.InRange(bytes, 1, MaxBytes);
    }

    private static long BytesOfAJob(int jobs)
    {
        var queue = new QueueState(QueueRules.Default, new QueueLimits(1, 1), epoch: 1, paused: false);
        GC.WaitForPendingFinalizers();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        queue.Load(Enumerable.Range(0, jobs).Select(Row), 0);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / jobs;

        Assert.Equal(jobs, queue.Open);
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
