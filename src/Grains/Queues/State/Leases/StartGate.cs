using JubileeVerse.Queues.State.Ranks;

namespace JubileeVerse.Queues.State.Leases;

/// <summary>
/// Decides when a queue may start jobs: it may be paused, held by its provider's limit, waiting for its workers, or at its rate limit.
/// </summary>
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

    /// <summary>Starts no jobs for the delay that the provider asks for, or for a default. The longest such hold counts.</summary>
    public void HoldFor(TimeSpan? delay, long nowMs)
    {
        var holdMs = Math.Clamp((long)(delay?.TotalMilliseconds ?? rules.DefaultHoldMs), 0, rules.MaxHoldMs);
        _providerHoldUntil = Math.Max(_providerHoldUntil, nowMs + holdMs);
    }

    /// <inheritdoc cref="QueueState.AwaitWorkers"/>
    public void AwaitWorkers(long nowMs)
    {
        _adoptionSince = nowMs;
        _adoptionUntil = nowMs + rules.AdoptionMs;
    }

    /// <summary>
    /// Ends the wait for workers, but not before one rate window has passed, because the former activation's last starts are unknown.
    /// </summary>
    public void AllWorkersPolled() => _adoptionUntil = Math.Min(_adoptionUntil, _adoptionSince + rules.RateWindowMs);

    /// <summary>Counts a start against the rate limit; false when no job may start now.</summary>
    public bool TryStart(long nowMs) => NextMs(nowMs) == nowMs && _rate.TryStart(nowMs);

    /// <summary>The earliest instant, now or later, at which a job may start; null while paused.</summary>
    public long? NextMs(long nowMs) =>
        Paused ? null : Math.Max(_rate.NextFreeMs(nowMs), Math.Max(_providerHoldUntil, _adoptionUntil));

    /// <summary>
    /// Drops starts outside the rate window. They must be dropped regularly, or they would count again after the clock is set back.
    /// </summary>
    public void Tick(long nowMs) => _rate.Forget(nowMs);

    /// <summary>Moves the holds back with the clock, which would otherwise lengthen them by the same time.</summary>
    public void ClockSetBack(long byMs)
    {
        if (_providerHoldUntil != long.MinValue) _providerHoldUntil -= byMs;
        if (_adoptionUntil != long.MinValue) _adoptionUntil -= byMs;
    }
}
