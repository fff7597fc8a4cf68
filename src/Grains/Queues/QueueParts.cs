using JubileeVerse.Queues.Dispatch;
using JubileeVerse.Queues.Events;
using JubileeVerse.Queues.Intake;
using JubileeVerse.Queues.Maintenance;
using JubileeVerse.Queues.Operations;
using JubileeVerse.Queues.Schedules;

namespace JubileeVerse.Queues;

/// <summary>The parts of one activation of a queue.</summary>
internal sealed class QueueParts
{
    public required QueueContext Context { get; init; }

    public required QueueLifetime Lifetime { get; init; }

    public required PollWaiters Polls { get; init; }

    public required JobChangeRecorder Recorder { get; init; }

    public required QueueDispatcher Dispatcher { get; init; }

    public required QueueIntake Intake { get; init; }

    public required QueueScheduler Scheduler { get; init; }

    public required QueueMaintenance Maintenance { get; init; }

    public required QueuePurge Purge { get; init; }

    public required QueueEventPublisher Events { get; init; }

    public required QueueOperations Operations { get; init; }

    public required JobOperations Jobs { get; init; }
}
