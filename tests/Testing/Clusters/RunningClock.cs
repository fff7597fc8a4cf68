using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Testing.Clusters;

/// <summary>
/// A fake clock that runs twenty times as fast as a real one: waits of seconds inside a cluster pass in milliseconds,
/// and no test has to know how many there are.
/// </summary>
/// <remarks>
/// It is not disposable, and whoever disposes <see cref="Run"/> owns it: Orleans hands the clock on within a silo's container, which disposes
/// whatever passed through it. The first of several silos to stop would stop the time of the others, and with it all that waits in them.
/// </remarks>
public sealed class RunningClock() : FakeTimeProvider(TimeProvider.System.GetUtcNow())
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Lets time pass until what it gives is disposed. A beat begins when the one before has ended: where the pool is busy for a second, beats
    /// do not pile up, to pass the minutes of a lease in one go as soon as it is free.
    /// </summary>
    public IDisposable Run()
    {
        Timer? beats = null;
        beats = new Timer(
            _ =>
            {
                Advance(Step);
                beats!.Change(Beat, Timeout.InfiniteTimeSpan);
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        beats.Change(Beat, Timeout.InfiniteTimeSpan);
        return beats;
    }

    /// <summary>Callbacks run on the pool, as those of a real clock do: one that blocks, as some do while a silo stops, must not stop time.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(value => ThreadPool.QueueUserWorkItem(callback.Invoke, value, preferLocal: false), state, dueTime, period);
}
