namespace JubileeVerse.Queues.State.Ranks;

/// <summary>The rates at which the queue starts and ends jobs, over the last minute, counted per second.</summary>
internal sealed class ServiceRate
{
    private const int Seconds = 60;
    private const long MsPerSecond = 1_000;

    private readonly int[] _started = new int[Seconds];
    private readonly int[] _ended = new int[Seconds];
    private long _second = long.MinValue;

    public void Started(long nowMs) => _started[Slot(nowMs)]++;

    public void Ended(long nowMs) => _ended[Slot(nowMs)]++;

    public double StartedPerSecond(long nowMs) => PerSecond(_started, nowMs);

    public double EndedPerSecond(long nowMs) => PerSecond(_ended, nowMs);

    /// <summary>
    /// The estimated seconds until the job at a position has ended, at the current rate; null when no job has ended in the window.
    /// </summary>
    public int? EtaSeconds(int position, long nowMs)
    {
        var rate = EndedPerSecond(nowMs);
        return rate > 0 ? (int)Math.Min(int.MaxValue, Math.Ceiling(position / rate)) : null;
    }

    /// <summary>
    /// The rate since the first second of the window with an event, because idle time before a burst says nothing about the burst.
    /// </summary>
    private double PerSecond(int[] counts, long nowMs)
    {
        Slot(nowMs);
        var total = 0;
        var span = 0;
        for (var age = 0; age < Seconds; age++)
        {
            var count = counts[SlotOf(_second - age)];
            total += count;
            if (count > 0) span = age + 1;
        }

        return span == 0 ? 0 : (double)total / span;
    }

    private int Slot(long nowMs)
    {
        var second = nowMs / MsPerSecond;
        var passed = _second == long.MinValue ? Seconds : second - _second;

        // After a clock is set back by less than the window, events count in the latest second; after a larger step the counts are reset.
        if (passed is < 0 and > -Seconds) return SlotOf(_second);
        for (var i = 0; i < Math.Min(Math.Abs(passed), Seconds); i++)
        {
            var slot = SlotOf(second - i);
            _started[slot] = 0;
            _ended[slot] = 0;
        }

        _second = second;
        return SlotOf(second);
    }

    private static int SlotOf(long second) => (int)(((second % Seconds) + Seconds) % Seconds);
}
