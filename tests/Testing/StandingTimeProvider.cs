using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Testing;

/// <summary>
/// A clock that stands still until a test moves it, with timers that go on in real time: they hold the store's repeats and time limits, and
/// without them a call that failed once, on a busy machine, would be waited for without end.
/// </summary>
/// <param name="start">The time that it tells at first.</param>
public sealed class StandingTimeProvider(DateTimeOffset start) : FakeTimeProvider(start)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime, period);
}
