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

    /// <summary>Beats that a busy pool may hold up, one after the other.</summary>
    private const int MaxHeldUp = 4;

    /// <summary>
    /// Lets time pass until what it gives is disposed: slower where the machine is busy, so that what is to be done in time can be. A beat begins
    /// when the one before has ended, so that beats never pile up to pass the minutes of a lease in one go.
    /// </summary>
    public IDisposable Run()
    {
        Timer? beats = null;
        var heldUp = 0;
        beats = new Timer(_ => Pass(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        beats.Change(Beat, Timeout.InfiniteTimeSpan);
        return beats;

        void Pass()
        {
            if (ThreadPool.PendingWorkItemCount == 0 || ++heldUp > MaxHeldUp)
            {
                heldUp = 0;
                Advance(Step);
            }

            beats!.Change(Beat, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Callbacks run on the pool, as those of a real clock do: one that blocks, as some do while a silo stops, must not stop time.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(value => ThreadPool.QueueUserWorkItem(callback.Invoke, value, preferLocal: false), state, dueTime, period);
}
