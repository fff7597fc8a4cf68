using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Channels;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Queues;

/// <content>
/// The queue's channel. Events are published when a change is decided, before its row is written. If the write fails, this activation
/// retires, and the events of the next one have a new epoch, which makes subscribers reload.
/// </content>
internal sealed partial class QueueGrain
{
    private Channel? _channel;
    private QueueEvents _events = null!;

    private ChannelName ChannelName => ChannelName.ForQueue(_name);

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, string? epoch, long offset)
    {
        _events.Begin(_state.WaitingOrActiveCount);
        _channel!.Attach(gateway);
        return Task.FromResult(new ChannelAttachment(outboxes.Silo, _events.Epoch, _events.Offset, [])
        {
            Frames = _events.After(epoch, offset, time.NowMs()),
        });
    }

    public Task DetachAsync(GatewayId gateway, long generation)
    {
        _channel!.Detach(gateway, generation);
        EndEventsIfUnwatched();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Opens the channel and announces it, because gateways with subscribers may still have the location of the former activation.
    /// </summary>
    private void OpenChannel(long epoch)
    {
        _events = new QueueEvents(ChannelName, epoch);
        _channel = new Channel(outboxes);
        _channel.Announce(ChannelName);
    }

    private void PublishChange(JobChange change, string? name = null)
    {
        if (_events.IsWatched)
            Publish(_events.Create(change, name ?? NameOf(change.Id), PositionOf(change.Id), time.NowMs()));
    }

    private void PublishAdded(Job job)
    {
        if (!_events.IsWatched)
            return;
        var now = time.NowMs();
        var status = _state.StatusOf(job.Id, now);
        Publish(_events.CreateAdded(job, status?.State ?? JobState.Waiting, status?.Position, now));
    }

    private void PublishJobEvent(QueueEventKind kind, JobId id, JobState state, string? detail = null)
    {
        if (!_events.IsWatched)
            return;
        var now = time.NowMs();
        var status = _state.StatusOf(id, now);
        Publish(_events.Create(kind, id, NameOf(id), status?.State ?? state, status?.Position, detail, now));
    }

    private void PublishQueueEvent(QueueEventKind kind)
    {
        if (_events.IsWatched)
            Publish(_events.Create(kind, time.NowMs()));
    }

    private void PublishIfDrained()
    {
        if (_events.IsWatched && _events.CreateDrained(_state.WaitingOrActiveCount, time.NowMs()) is { } drained)
            Publish(drained);
    }

    private void Publish(ChannelFrame frame)
    {
        _channel!.Publish(frame);
        EndEventsIfUnwatched();
    }

    private void EndEventsIfUnwatched()
    {
        if (_channel!.IsEmpty)
            _events.End();
    }

    private string? NameOf(JobId id) => _recent.TryGet(id, out var job) ? job.Name : null;

    private int? PositionOf(JobId id) => _state.StatusOf(id, time.NowMs())?.Position;
}
