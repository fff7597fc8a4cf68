using JubileeVerse.Queues;

namespace JubileeVerse.Bench.Queues;

/// <summary>Does nothing, so that what is measured is the queue.</summary>
internal sealed class EmptyProcessor : IJobProcessor
{
    public const string QueueName = "bench";

    private static readonly Task<JobOutcome> Done = Task.FromResult(new JobOutcome(JobOutcomeKind.Completed, """{"ok":true}"""));

    private static long _runs;

    /// <summary>Of all there have been in this process.</summary>
    public static long Runs => Interlocked.Read(ref _runs);

    public string Queue => QueueName;

    public Task<JobOutcome> RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _runs);
        return Done;
    }
}
