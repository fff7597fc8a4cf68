using System.Collections.Concurrent;

namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>The events of all clients of one run.</summary>
internal sealed class LoadLog
{
    private readonly ConcurrentQueue<FailedRequest> _failures = new();
    private readonly ConcurrentQueue<TimeSpan> _ends = new();
    private int _moves;

    public LoadClock Clock { get; } = new();

    public IReadOnlyCollection<FailedRequest> Failures => _failures;

    /// <summary>When replies ended.</summary>
    public IReadOnlyCollection<TimeSpan> Ends => _ends;

    /// <summary>Number of streams that a draining gateway closed and that continued at another one.</summary>
    public int Moves => Volatile.Read(ref _moves);

    public void Failed(string request, string reason, Uri gateway) =>
        _failures.Enqueue(new FailedRequest(Clock.Now, request, reason, gateway));

    public void Ended(TimeSpan at) => _ends.Enqueue(at);

    public void Moved() => Interlocked.Increment(ref _moves);
}
