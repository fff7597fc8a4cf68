using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Schedules;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Channels;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Outbox;

namespace JubileeVerse.Queues.Events;

/// <summary>
/// The queue's channel, and what runs and ranks report. Events are published when a change is decided, before its row is written. If the
/// write fails, this activation retires, and the events of the next one have a new epoch, which makes subscribers reload.
/// </summary>
/// <param name="activation">The queue's epoch, which rises with each activation.</param>
internal sealed class QueueEventPublisher(
    QueueContext queue, long activation, IGatewayOutboxes outboxes, EndNotifier endNotifier, NoteStore notes)
{
    /// <summary>The minimum time between two rank notifications of a job.</summary>
    private static readonly TimeSpan RankPeriod = TimeSpan.FromSeconds(1);

    private readonly ChannelName _name = ChannelName.ForQueue(queue.Name);
    private readonly Channel _channel = new(outboxes);
    private readonly QueueEvents _events = new(ChannelName.ForQueue(queue.Name), activation);
    private readonly Throttle _rankThrottle = new(queue.Time, RankPeriod);

    /// <summary>
    /// Announces the channel, because gateways with subscribers may still have the location of the former activation.
    /// </summary>
    public void Announce() => _channel.Announce(_name);

    /// <summary>Sends "moved" to the attached gateways, because this activation ends.</summary>
    public void SendMoved() => _channel.SendMoved(_name);

    public ChannelAttachment Attach(GatewaySubscription gateway, string? epoch, long offset)
    {
        _events.Begin(queue.State.WaitingOrActiveCount);
        _channel.Attach(gateway);
        return new ChannelAttachment(outboxes.Silo, _events.Epoch, _events.Offset, [])
        {
            Frames = _events.After(epoch, offset, queue.NowMs()),
        };
    }

    public void Detach(GatewayId gateway, long generation)
    {
        _channel.Detach(gateway, generation);
        EndEventsIfUnwatched();
    }

    /// <summary>Stores the progress and the log lines of a run. False: the lease is not the job's current one.</summary>
    public async Task<bool> NoteAsync(JobNote note, CancellationToken cancellationToken)
    {
        if (!queue.State.Runs.Holds(note.Id, note.Lease))
            return false;

        await queue.Changes.WriteRowAsync(note.Id);
        await notes.AddAsync(queue.Name, note, cancellationToken);
        if (note.Progress is not null && queue.State.Runs.Holds(note.Id, note.Lease))
            PublishJobEvent(QueueEventKind.Progress, note.Id, JobState.Active, note.Progress);
        return true;
    }

    public void NotifyRankChanges(long now)
    {
        if (!endNotifier.HasListener || !_rankThrottle.TryEnter())
            return;

        foreach (var move in queue.State.TakePositionUpdates(now))
            endNotifier.NotifyMoved(move);
    }

    /// <param name="name">The job's name, when the caller knows it; null: it is published if the job is in memory.</param>
    public void PublishChange(JobChange change, string? name = null)
    {
        if (_events.IsWatched)
            Publish(_events.Create(change, name ?? NameOf(change.Id), queue.StatusOf(change.Id)?.Position, queue.NowMs()));
    }

    public void PublishAdded(Job job)
    {
        if (!_events.IsWatched)
            return;
        var now = queue.NowMs();
        var status = queue.State.StatusOf(job.Id, now);
        Publish(_events.CreateAdded(job, status?.State ?? JobState.Waiting, status?.Position, now));
    }

    public void PublishJobEvent(QueueEventKind kind, JobId id, JobState state, string? detail = null)
    {
        if (!_events.IsWatched)
            return;
        var now = queue.NowMs();
        var status = queue.State.StatusOf(id, now);
        Publish(_events.Create(kind, id, NameOf(id), status?.State ?? state, status?.Position, detail, now));
    }

    public void PublishQueueEvent(QueueEventKind kind)
    {
        if (_events.IsWatched)
            Publish(_events.Create(kind, queue.NowMs()));
    }

    public void PublishIfDrained()
    {
        if (_events.IsWatched && _events.CreateDrained(queue.State.WaitingOrActiveCount, queue.NowMs()) is { } drained)
            Publish(drained);
    }

    private void Publish(ChannelFrame frame)
    {
        _channel.Publish(frame);
        EndEventsIfUnwatched();
    }

    private void EndEventsIfUnwatched()
    {
        if (_channel.IsEmpty)
            _events.End();
    }

    private string? NameOf(JobId id) => queue.Recent.TryGet(id, out var job) ? job.Name : null;
}
