using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Testing;

/// <summary>
/// A clock that stands still until a test moves it, with timers that run in real time. The store's retries and timeouts use these timers;
/// without them a call that failed once on a busy machine would never be retried and its caller would wait forever.
/// </summary>
/// <param name="start">The initial UTC time.</param>
public sealed class ManualTimeProvider(DateTimeOffset start) : FakeTimeProvider(start)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime, period);
}
