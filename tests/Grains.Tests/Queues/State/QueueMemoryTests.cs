using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.State;

/// <summary>Runs alone, because the memory of concurrent tests would be counted too.</summary>
[CollectionDefinition(nameof(QueueMemoryTests), DisableParallelization = true)]
[Collection(nameof(QueueMemoryTests))]
public sealed class QueueMemoryTests
{
    private const int MaxBytes = 200;

    /// <param name="jobs">The index has the next power of two as its number of slots.</param>
    /// <param name="rounds">
    /// An odd number, for the median: memory of earlier tests may be freed during one or two rounds, and would falsify their results.
    /// </param>
    [Theory]
    [InlineData(100_000, 5)]
    [InlineData(1_000_000, 1)]
    public void Load_WaitingJobsWithUuids_TakesAtMostTwoHundredBytesPerJob(int jobs, int rounds)
    {
        var bytes = Enumerable.Range(0, rounds).Select(_ => BytesPerJob(jobs)).Order().ElementAt(rounds / 2);

        Assert.InRange(bytes, 1, MaxBytes);
    }

    private static long BytesPerJob(int jobs)
    {
        var queue = new QueueState(QueueRules.Default, new QueueLimits(1, 1), epoch: 1, paused: false);
        GC.WaitForPendingFinalizers();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        queue.Intake.Load(Enumerable.Range(0, jobs).Select(Row), 0);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / jobs;

        Assert.Equal(jobs, queue.OpenCount);
        return bytes;
    }

    private static StoredJob Row(int i)
    {
        var job = new Job(
            new JobId(new Guid(i, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]).ToString()),
            "memory",
            "job",
            $"user-{i % 1_000}",
            new Guid(i, 9, 9, [3, 4, 5, 6, 7, 8, 9, 10]).ToString(),
            OrderNumber: 1,
            Priority: 5,
            Weight: 1,
            Payload: "",
            Attempts: 3,
            BackoffMs: 1_000,
            AcceptedAt: i,
            Deadline: i + 900_000);
        return new(job) { SortKey = i };
    }
}
