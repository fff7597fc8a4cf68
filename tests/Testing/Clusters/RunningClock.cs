using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Testing.Clusters;

/// <summary>
/// A fake clock that runs by itself, twenty times as fast as a real one: waits of seconds inside a cluster pass in milliseconds,
/// and no test has to know how many there are.
/// </summary>
public sealed class RunningClock : FakeTimeProvider, IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly Timer _timer;

    public RunningClock()
        : base(TimeProvider.System.GetUtcNow()) =>
        _timer = new Timer(_ => Advance(Step), null, Beat, Beat);

    /// <summary>Callbacks run on the pool, as those of a real clock do: one that blocks, as some do while a silo stops, must not stop time.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(value => ThreadPool.QueueUserWorkItem(callback.Invoke, value, preferLocal: false), state, dueTime, period);

    public void Dispose() => _timer.Dispose();
}
