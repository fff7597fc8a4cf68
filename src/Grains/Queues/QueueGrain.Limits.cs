using JubileeVerse.Errors;

namespace JubileeVerse.Queues;

/// <content>What operators set.</content>
internal sealed partial class QueueGrain
{
    public Task<QueueStatus> SetLimitsAsync(QueueLimits limits, CancellationToken cancellationToken)
    {
        if (limits.ConcurrencyPerSilo < 1)
            throw JubileeException.Invalid("concurrencyPerSilo", "Must be 1 or more.");
        if (limits.StartsPerSecond < 1)
            throw JubileeException.Invalid("startsPerSecond", "Must be 1 or more.");

        _state.SetLimits(limits);
        Dispatch();
        return GetAsync(cancellationToken);
    }
}
