using JubileeVerse.Errors;
using JubileeVerse.Queues.Store;

namespace JubileeVerse.Queues;

/// <content>What operators set, over what is configured.</content>
internal sealed partial class QueueGrain
{
    private QueueControls _controls = null!;

    public async Task<QueueStatus> SetLimitsAsync(QueueLimits limits, CancellationToken cancellationToken)
    {
        Require(limits.ConcurrencyPerSilo, QueueOptions.MaxConcurrencyPerSilo, "concurrencyPerSilo");
        Require(limits.StartsPerSecond, QueueOptions.MaxStartsPerSecond, "startsPerSecond");
        Require(limits.Concurrency ?? 1, QueueOptions.MaxConcurrency, "concurrency");

        await changes.SetLimitsAsync(limits);
        _controls = QueueControls.Of(limits);
        ObeyLimits();
        Dispatch();
        return await GetAsync(cancellationToken);

        static void Require(int value, int max, string field)
        {
            if (value < 1 || value > max)
                throw JubileeException.Invalid(field, $"Must be 1 to {max}.");
        }
    }

    /// <summary>Asked with each tick and not told: a change of the configuration comes from another thread.</summary>
    private void ObeyLimits()
    {
        var limits = _controls.Over(queues.Of(_name));
        if (limits != _state.Limits)
            _state.SetLimits(limits);
    }
}
