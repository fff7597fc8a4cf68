namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>The real clock, which a test can put forward: the time of day, or what has passed. Timers wait as ever.</summary>
internal sealed class ShiftedTimeProvider : TimeProvider
{
    private long _dayTicks;
    private long _passedTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void ShiftDay(TimeSpan by) => Interlocked.Add(ref _dayTicks, by.Ticks);

    public void ShiftPassed(TimeSpan by) => Interlocked.Add(ref _passedTicks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _dayTicks));

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Interlocked.Read(ref _passedTicks);
}
