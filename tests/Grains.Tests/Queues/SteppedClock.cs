namespace JubileeVerse.Queues;

/// <summary>A clock that can be set, back too, while time goes on.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddYears(50);
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _ticks;

    public void Pass(TimeSpan time)
    {
        _now += time;
        _ticks += time.Ticks;
    }

    /// <summary>No time passes.</summary>
    public void Set(TimeSpan by) => _now += by;
}
