namespace JubileeVerse.Gateway.Tests.EndToEnd.Servers;

/// <summary>
/// The real clock, which a test can move forward: the UTC time or the timestamp, each on its own. Timers keep running in real time.
/// </summary>
internal sealed class ShiftedTimeProvider : TimeProvider
{
    private long _utcShiftTicks;
    private long _timestampShiftTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void ShiftUtcNow(TimeSpan by) => Interlocked.Add(ref _utcShiftTicks, by.Ticks);

    public void ShiftTimestamp(TimeSpan by) => Interlocked.Add(ref _timestampShiftTicks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _utcShiftTicks));

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Interlocked.Read(ref _timestampShiftTicks);
}
