using JubileeVerse.Errors;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Store.Rows;

namespace JubileeVerse.Queues;

/// <content>Limits that operators set. They override the configured options.</content>
internal sealed partial class QueueGrain
{
    private QueueControls _controls = null!;

    public async Task<QueueStatus> ChangeLimitsAsync(LimitsChange change, CancellationToken cancellationToken)
    {
        Require(change.ConcurrencyPerSilo, QueueOptions.MaxConcurrencyPerSilo, "concurrencyPerSilo");
        Require(change.StartsPerSecond, QueueOptions.MaxStartsPerSecond, "startsPerSecond");
        Require(change.Concurrency, QueueOptions.MaxConcurrency, "concurrency");

        await changes.SetLimitsAsync(change);

        // Apply the change to the current controls, not to those from before the commit, because a concurrent call may have changed others.
        _controls = _controls.With(change);
        ApplyLimits();
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

    /// <summary>
    /// Applies the current limits. Each tick calls this instead of a change callback of the options, because that callback would run on
    /// another thread.
    /// </summary>
    private void ApplyLimits()
    {
        var limits = _controls.ApplyTo(queues.OptionsFor(_name));
        if (limits != _state.Limits)
            _state.SetLimits(limits);
    }
}
