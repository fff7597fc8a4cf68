using System.Collections.Concurrent;
using JubileeVerse.Queues;

namespace JubileeVerse.Grains.Tests.Queues.Workers;

/// <summary>A processor that records its runs and executes a script for each. The default script completes the job.</summary>
internal sealed class ScriptedProcessor : IJobProcessor
{
    /// <summary>The queue with which the processor is registered.</summary>
    public const string Name = "test";

    private readonly ConcurrentQueue<JobRun> _runs = new();

    public Func<JobRun, CancellationToken, Task<JobOutcome>> Script { get; set; } = (_, _) => Task.FromResult(JobOutcome.Completed);

    public IReadOnlyCollection<JobRun> Runs => _runs;

    public IEnumerable<string> JobNames => _runs.Select(run => run.Job.Name);

    public Task<JobOutcome> RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        _runs.Enqueue(run);
        return Script(run, cancellationToken);
    }
}
