using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Bench.Queues;

/// <summary>A processor without work, so that only the queue is measured.</summary>
internal sealed class EmptyProcessor : IJobProcessor
{
    public const string QueueName = "bench";

    private static readonly Task<JobOutcome> Done = Task.FromResult(new JobOutcome(JobOutcomeKind.Completed, """{"ok":true}"""));

    private static long _runs;

    /// <summary>Number of runs in this process.</summary>
    public static long Runs => Interlocked.Read(ref _runs);

    public Task<JobOutcome> RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _runs);
        return Done;
    }
}
