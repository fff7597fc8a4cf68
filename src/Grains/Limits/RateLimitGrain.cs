using JubileeVerse.Errors;
using Orleans.Placement;

namespace JubileeVerse.Limits;

/// <summary>
/// One rate limit window of one subject, in memory: a crash loses at most the permits of one window, and no call waits for a disk.
/// </summary>
[RandomPlacement, CollectionAgeLimit(Minutes = IdleMinutes)]
internal sealed class RateLimitGrain(TimeProvider time) : Grain, IRateLimitGrain
{
    /// <summary>Each address and session has an activation; an idle one should be collected before the default of 15 minutes.</summary>
    private const int IdleMinutes = 2;

    /// <summary>Bounds the memory, because each permit's timestamp is stored.</summary>
    private const int MaxLimit = 100_000;
    private static readonly TimeSpan MaxWindow = TimeSpan.FromDays(1);

    private readonly SlidingWindow _window = new(time);

    public ValueTask<RateLimitResult> AcquireAsync(int limit, TimeSpan window, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MaxLimit)
            throw JubileeException.Invalid(nameof(limit), $"Must be from 1 to {MaxLimit}; it is {limit}.");
        if (window <= TimeSpan.Zero || window > MaxWindow)
            throw JubileeException.Invalid(nameof(window), $"Must be more than zero and at most {MaxWindow}; it is {window}.");

        // The activation must outlive the window, because otherwise a subject would regain its permits by being idle.
        DelayDeactivation(window);
        return ValueTask.FromResult(_window.TryAcquire(limit, window));
    }
}
