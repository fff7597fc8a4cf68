namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>A clock whose wall time can be set forward and back independently of its timestamp.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddYears(50);
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _ticks;

    public void Advance(TimeSpan time)
    {
        _now += time;
        _ticks += time.Ticks;
    }

    /// <summary>Shifts the wall time; the timestamp does not change.</summary>
    public void Shift(TimeSpan by) => _now += by;
}
