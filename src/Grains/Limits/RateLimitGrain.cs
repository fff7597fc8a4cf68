using JubileeVerse.Errors;
using Orleans.Placement;

namespace JubileeVerse.Limits;

/// <summary>
/// One window of one subject, in memory: what a crash forgets is at most one window's permits, and nothing waits for a disk.
/// </summary>
[RandomPlacement, CollectionAgeLimit(Minutes = IdleMinutes)]
internal sealed class RateLimitGrain(TimeProvider time) : Grain, IRateLimitGrain
{
    /// <summary>There is one for each address and session; one that is quiet should not stay for the usual quarter of an hour.</summary>
    private const int IdleMinutes = 2;

    /// <summary>Permits are remembered one by one.</summary>
    private const int MaxLimit = 100_000;
    private static readonly TimeSpan MaxWindow = TimeSpan.FromDays(1);

    private readonly SlidingWindow _window = new(time);

    public ValueTask<RateLimitResult> AcquireAsync(int limit, TimeSpan window, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MaxLimit)
            throw JubileeException.Invalid(nameof(limit), $"Must be from 1 to {MaxLimit}.");
        if (window <= TimeSpan.Zero || window > MaxWindow)
            throw JubileeException.Invalid(nameof(window), $"Must be at most {MaxWindow} and more than nothing.");

        // The window must outlive idleness, else a subject gets its permits back by being quiet.
        DelayDeactivation(window);
        return ValueTask.FromResult(_window.TryTake(limit, window));
    }
}
