using JubileeVerse.Errors;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Dispatch;
using JubileeVerse.Queues.Events;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Queues.Operations;

/// <summary>
/// The status of a queue, and the actions of operators on the queue as a whole: its pause and its limits, which override the configured
/// options.
/// </summary>
/// <param name="controls">The limits that operators have set before.</param>
internal sealed class QueueOperations(
    QueueContext queue, QueueCatalog queues, QueueControls controls, QueueEventPublisher events, QueueDispatcher dispatcher)
{
    private QueueControls _controls = controls;

    public async Task<QueueStatus> GetAsync(CancellationToken cancellationToken)
    {
        var ended = await queue.Store.CountEndedAsync(queue.Name, cancellationToken);
        var open = queue.State.Counts(queue.NowMs());
        return new QueueStatus(
            queue.Name,
            open.Paused,
            open.Waiting,
            open.Active,
            open.Delayed,
            ended.Completed,
            ended.Failed,
            ended.Cancelled,
            open.WaitingByPriority,
            open.OldestWaitingSeconds,
            open.StartedPerSecond,
            queue.State.Limits)
        {
            Blocked = open.Blocked,
        };
    }

    public async Task<QueueStatus> SetPausedAsync(bool paused, CancellationToken cancellationToken)
    {
        if (queue.State.Paused != paused)
        {
            await queue.Changes.SetPausedAsync(paused);
            if (queue.State.SetPaused(paused))
                events.PublishQueueEvent(paused ? QueueEventKind.Paused : QueueEventKind.Resumed);
            dispatcher.Dispatch();
        }

        return await GetAsync(cancellationToken);
    }

    public async Task<QueueStatus> ChangeLimitsAsync(LimitsChange change, CancellationToken cancellationToken)
    {
        Require(change.ConcurrencyPerSilo, QueueOptions.MaxConcurrencyPerSilo, "concurrencyPerSilo");
        Require(change.StartsPerSecond, QueueOptions.MaxStartsPerSecond, "startsPerSecond");
        Require(change.Concurrency, QueueOptions.MaxConcurrency, "concurrency");

        await queue.Changes.SetLimitsAsync(change);

        // Apply the change to the current controls, not to those from before the commit, because a concurrent call may have changed others.
        _controls = _controls.With(change);
        ApplyLimits();
        dispatcher.Dispatch();
        return await GetAsync(cancellationToken);

        static void Require(NewLimit? limit, int max, string field)
        {
            if (limit?.Value is { } value && (value < 1 || value > max))
                throw JubileeException.Invalid(field, $"Must be 1 to {max}.");
        }
    }

    /// <summary>
    /// Applies the current limits. Each tick calls this instead of a change callback of the options, because that callback would run on
    /// another thread.
    /// </summary>
    public void ApplyLimits()
    {
        var limits = _controls.ApplyTo(queues.OptionsFor(queue.Name));
        if (limits != queue.State.Limits)
            queue.State.SetLimits(limits);
    }
}
