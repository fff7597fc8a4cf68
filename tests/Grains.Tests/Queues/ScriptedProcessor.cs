using System.Collections.Concurrent;

namespace JubileeVerse.Queues;

/// <summary>A processor that remembers its runs and does what a test says: by default it completes them.</summary>
internal sealed class ScriptedProcessor : IJobProcessor
{
    public const string Name = "test";

    private readonly ConcurrentQueue<JobRun> _runs = new();

    public string Queue => Name;

    public Func<JobRun, CancellationToken, Task<JobOutcome>> Script { get; set; } = (_, _) => Task.FromResult(JobOutcome.Completed);

    public IReadOnlyCollection<JobRun> Runs => _runs;

    public IEnumerable<string> Ran => _runs.Select(run => run.Job.Name);

    public Task<JobOutcome> RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        _runs.Enqueue(run);
        return Script(run, cancellationToken);
    }
}
