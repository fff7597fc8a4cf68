using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Dispatch;
using JubileeVerse.Queues.Events;
using JubileeVerse.Queues.Intake;
using JubileeVerse.Queues.Maintenance;
using JubileeVerse.Queues.Operations;
using JubileeVerse.Queues.Schedules;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Workers;
using JubileeVerse.Realtime.Outbox;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues;

/// <summary>Creates the parts of one activation of a queue and loads what is stored. Each activation has its own instance.</summary>
/// <param name="logger">The logger of the grain, for all parts.</param>
internal sealed class QueueActivator(
    QueueStorage storage,
    EndNotifier endNotifier,
    IGatewayOutboxes outboxes,
    SiloLiveness silos,
    QueueCatalog queues,
    QueueInstruments instruments,
    TimeProvider time,
    Random random,
    ILogger<QueueGrain> logger)
{
    /// <summary>
    /// Raises the queue's epoch and loads the queue. The result dispatches no job before its first tick, poll or offer. A queue that is not
    /// registered in this silo is refused before anything is written.
    /// </summary>
    /// <param name="deactivate">Deactivates the grain. It may be called before this method returns.</param>
    public async Task<QueueParts> ActivateAsync(string name, Action deactivate, CancellationToken cancellationToken)
    {
        queues.RequireRegistered(name);
        var polls = new PollWaiters();
        var completions = new CompletionWaiters();
        var lifetime = new QueueLifetime(name, deactivate, polls, completions, logger);
        var head = await storage.Jobs.RaiseEpochAsync(name, cancellationToken);
        await storage.Changes.OpenAsync(name, head.Epoch, onStale: lifetime.Retire, cancellationToken);
        var queue = Create(name, head, lifetime, polls, completions);
        queue.Events.Announce();

        var pendingDeletes = await queue.Intake.LoadAsync(cancellationToken);
        endNotifier.Open(name, queue.Context.IsOpen);
        await storage.Claims.OpenAsync(name, cancellationToken);
        await queue.Scheduler.LoadAsync(cancellationToken);

        queue.Recorder.Record(queue.Context.State.Flows.Settle(time.NowMs()));
        foreach (var id in pendingDeletes)
            queue.Recorder.DeleteAfterEndAsync(id).Ignore();
        queue.Context.State.AwaitWorkers(time.NowMs());
        queue.Dispatcher.ReleaseDeadWorkers(time.NowMs());
        return queue;
    }

    private QueueParts Create(string name, QueueHead head, QueueLifetime lifetime, PollWaiters polls, CompletionWaiters completions)
    {
        var limits = head.Controls.ApplyTo(queues.OptionsFor(name));
        var state = new QueueState(QueueRules.Default, limits, head.Epoch, head.Paused);
        var context = new QueueContext(name, state, storage.Jobs, storage.Changes, time);
        var newJobs = new NewJobValidator(name, () => queues.OptionsFor(name), random);

        var events = new QueueEventPublisher(context, head.Epoch, outboxes, endNotifier, storage.Notes);
        var recorder = new JobChangeRecorder(context, events, storage.Claims, endNotifier, completions);
        var dispatcher = new QueueDispatcher(context, recorder, events, polls, lifetime, silos, instruments, logger);
        var intake = new QueueIntake(context, queues, newJobs, storage.Claims, recorder, events, dispatcher, completions);
        var scheduler = new QueueScheduler(context, storage.Schedules, storage.Claims, newJobs, intake, recorder, logger);
        recorder.Open(dispatcher, scheduler);

        var purge = new QueuePurge(context, recorder, events, endNotifier, polls, lifetime);
        return new QueueParts
        {
            Context = context,
            Lifetime = lifetime,
            Polls = polls,
            Recorder = recorder,
            Dispatcher = dispatcher,
            Intake = intake,
            Scheduler = scheduler,
            Maintenance = new QueueMaintenance(
                context, storage.Claims, endNotifier, storage.Retention, purge, recorder, dispatcher, logger),
            Purge = purge,
            Events = events,
            Operations = new QueueOperations(context, queues, head.Controls, events, dispatcher),
            Jobs = new JobOperations(context, storage.Claims, endNotifier, recorder, events, dispatcher, polls, intake),
        };
    }
}
