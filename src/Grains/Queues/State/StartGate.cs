namespace JubileeVerse.Queues.State;

/// <summary>Everything that can keep a whole queue from starting jobs: a pause, its provider, its own move, its rate.</summary>
internal sealed class StartGate(QueueRules rules, int startsPerSecond, bool paused)
{
    private readonly SlidingRate _rate = new(startsPerSecond, rules.RateWindowMs);
    private long _providerHoldUntil = long.MinValue;
    private long _adoptionUntil = long.MinValue;
    private long _adoptionSince = long.MinValue;

    public bool Paused { get; set; } = paused;

    public int StartsPerSecond
    {
        get => _rate.Limit;
        set => _rate.Limit = value;
    }

    /// <summary>The longest word of the provider stands.</summary>
    public void HoldFor(TimeSpan? delay, long nowMs)
    {
        var holdMs = Math.Clamp((long)(delay?.TotalMilliseconds ?? rules.DefaultHoldMs), 0, rules.MaxHoldMs);
        _providerHoldUntil = Math.Max(_providerHoldUntil, nowMs + holdMs);
    }

    public void AwaitWorkers(long nowMs)
    {
        _adoptionSince = nowMs;
        _adoptionUntil = nowMs + rules.AdoptionMs;
    }

    /// <summary>What the former activation started in its last window is not known, so one window passes in any case.</summary>
    public void WorkersHeard() => _adoptionUntil = Math.Min(_adoptionUntil, _adoptionSince + rules.RateWindowMs);

    /// <summary>Counts a start against the rate, or refuses it.</summary>
    public bool TryStart(long nowMs) => NextMs(nowMs) == nowMs && _rate.TryStart(nowMs);

    /// <summary>The earliest instant, now or later, at which a job may start; null while paused.</summary>
    public long? NextMs(long nowMs) =>
        Paused ? null : Math.Max(_rate.NextFreeMs(nowMs), Math.Max(_providerHoldUntil, _adoptionUntil));

    /// <summary>Time has passed, or its clock was set: what a start can mean no longer must not mean it again after the next setting.</summary>
    public void Tick(long nowMs) => _rate.Forget(nowMs);

    /// <summary>A clock that was set back would otherwise lengthen the holds by as much.</summary>
    public void ClockSetBack(long byMs)
    {
        if (_providerHoldUntil != long.MinValue) _providerHoldUntil -= byMs;
        if (_adoptionUntil != long.MinValue) _adoptionUntil -= byMs;
    }
}
