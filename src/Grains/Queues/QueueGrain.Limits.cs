using JubileeVerse.Errors;
using JubileeVerse.Queues.Store;

namespace JubileeVerse.Queues;

/// <content>What operators set, over what is configured.</content>
internal sealed partial class QueueGrain
{
    private QueueControls _controls = null!;

    public async Task<QueueStatus> ChangeLimitsAsync(LimitsChange change, CancellationToken cancellationToken)
    {
        Require(change.ConcurrencyPerSilo, QueueOptions.MaxConcurrencyPerSilo, "concurrencyPerSilo");
        Require(change.StartsPerSecond, QueueOptions.MaxStartsPerSecond, "startsPerSecond");
        Require(change.Concurrency, QueueOptions.MaxConcurrency, "concurrency");

        await changes.SetLimitsAsync(change);

        // Of what is in force now and not before the commit: another change of other limits may have come meanwhile.
        _controls = _controls.With(change);
        ObeyLimits();
        Dispatch();
        return await GetAsync(cancellationToken);

        static void Require(NewLimit? limit, int max, string field)
        {
            if (limit?.Value is { } value && (value < 1 || value > max))
                throw JubileeException.Invalid(field, $"Must be 1 to {max}.");
        }
    }

    public Task<QueueStatus> SetLimitsAsync(QueueLimits limits, CancellationToken cancellationToken) => ChangeLimitsAsync(
        new LimitsChange
        {
            ConcurrencyPerSilo = new NewLimit(limits.ConcurrencyPerSilo),
            StartsPerSecond = new NewLimit(limits.StartsPerSecond),
            Concurrency = new NewLimit(limits.Concurrency),
        },
        cancellationToken);

    /// <summary>Asked with each tick and not told: a change of the configuration comes from another thread.</summary>
    private void ObeyLimits()
    {
        var limits = _controls.Over(queues.Of(_name));
        if (limits != _state.Limits)
            _state.SetLimits(limits);
    }
}
