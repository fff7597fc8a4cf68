using JubileeVerse.Queues.State;
using JubileeVerse.Realtime;

namespace JubileeVerse.Queues;

/// <content>
/// What those who watch the queue are told, as it is decided: a row may follow a moment later. Where it cannot be written this activation
/// goes, and the next one's events are of another epoch, which tells watchers that they have to look again.
/// </content>
internal sealed partial class QueueGrain
{
    private Channel? _channel;
    private QueueEvents _events = null!;

    private ChannelName ChannelName => ChannelName.OfQueue(_name);

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, string? epoch, long offset)
    {
        _events.Begin(_state.AtWork);
        _channel!.Attach(gateway);
        return Task.FromResult(new ChannelAttachment(outboxes.Silo, _events.Epoch, _events.Offset, [])
        {
            Frames = _events.After(epoch, offset, time.NowMs()),
        });
    }

    public Task DetachAsync(GatewayId gateway, long generation)
    {
        _channel!.Detach(gateway, generation);
        EndIfUnwatched();
        return Task.CompletedTask;
    }

    /// <summary>Gateways whose people watch the queue may still believe it elsewhere.</summary>
    private void OpenChannel(long epoch)
    {
        _events = new QueueEvents(ChannelName, epoch);
        _channel = new Channel(outboxes);
        _channel.Announce(ChannelName);
    }

    private void Tell(JobChange change, string? name = null)
    {
        if (_events.IsWatched)
            Publish(_events.Of(change, name ?? NameOf(change.Id), PositionOf(change.Id), time.NowMs()));
    }

    private void TellAdded(Job job)
    {
        if (!_events.IsWatched)
            return;
        var now = time.NowMs();
        var standing = _state.Standing(job.Id, now);
        Publish(_events.OfAdded(job, standing?.State ?? JobState.Waiting, standing?.Position, now));
    }

    private void Tell(QueueEventKind kind, JobId id, string? name = null, JobState state = JobState.Waiting, string? detail = null)
    {
        if (!_events.IsWatched)
            return;
        var now = time.NowMs();
        var standing = _state.Standing(id, now);
        Publish(_events.Of(kind, id, name ?? NameOf(id), standing?.State ?? state, standing?.Position, detail, now));
    }

    private void Tell(QueueEventKind kind)
    {
        if (_events.IsWatched)
            Publish(_events.Of(kind, time.NowMs()));
    }

    private void TellIfDrained()
    {
        if (_events.IsWatched && _events.Drained(_state.AtWork, time.NowMs()) is { } drained)
            Publish(drained);
    }

    private void Publish(ChannelFrame frame)
    {
        _channel!.Publish(frame);
        EndIfUnwatched();
    }

    private void EndIfUnwatched()
    {
        if (_channel!.IsEmpty)
            _events.End();
    }

    private string? NameOf(JobId id) => _recent.TryGet(id, out var job) ? job.Name : null;

    private int? PositionOf(JobId id) => _state.Standing(id, time.NowMs())?.Position;
}
