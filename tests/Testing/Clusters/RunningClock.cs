using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Testing.Clusters;

/// <summary>
/// A fake clock that runs twenty times as fast as a real one, so that waits of seconds inside a cluster take milliseconds and no test has
/// to know how many there are.
/// </summary>
/// <remarks>
/// The clock itself is not disposable; the result of <see cref="Run"/> stops it. Orleans registers the clock in each silo's container, and
/// a container disposes its services: the first of several silos to stop would stop the time of the others and everything that waits in
/// them.
/// </remarks>
public sealed class RunningClock() : FakeTimeProvider(TimeProvider.System.GetUtcNow())
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <summary>The maximum of consecutive beats that a busy thread pool may delay.</summary>
    private const int MaxDelayedBeats = 4;

    /// <summary>
    /// Lets time pass until the result is disposed. Time passes more slowly on a busy machine, so that work with a deadline can meet it. A
    /// beat starts when the previous one has ended, so that beats never accumulate and skip the minutes of a lease at once.
    /// </summary>
    public IDisposable Run()
    {
        Timer? beats = null;
        var delayedBeats = 0;
        beats = new Timer(_ => Pass(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        beats.Change(Beat, Timeout.InfiniteTimeSpan);
        return beats;

        void Pass()
        {
            if (ThreadPool.PendingWorkItemCount == 0 || ++delayedBeats > MaxDelayedBeats)
            {
                delayedBeats = 0;
                Advance(Step);
            }

            beats!.Change(Beat, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>
    /// Callbacks run on the thread pool, as those of a real clock do, because a callback that blocks, as some do while a silo stops, must
    /// not stop time.
    /// </summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(value => ThreadPool.QueueUserWorkItem(callback.Invoke, value, preferLocal: false), state, dueTime, period);
}
