using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Outbox;

namespace JubileeVerse.Grains.Tests.Queues.Events;

/// <summary>Outboxes that record the frames of all gateways.</summary>
internal sealed class RecordingOutboxes : IGatewayOutboxes
{
    private readonly List<ChannelFrame> _frames = [];

    public string Silo => "silo";

    public IReadOnlyList<ChannelFrame> Frames => _frames;

    /// <summary>The kinds of the published job events, in their order.</summary>
    public IEnumerable<QueueEventKind> JobEvents => _frames.OfType<QueueJobEvent>().Select(frame => frame.Event);

    /// <summary>The kinds of the published events of the queue as a whole, in their order.</summary>
    public IEnumerable<QueueEventKind> QueueEvents => _frames.OfType<QueueEvent>().Select(frame => frame.Event);

    public int MovedCount { get; private set; }

    public void Open(GatewayId gateway, IGatewayObserver observer)
    {
    }

    public bool TrySend(GatewayId gateway, ChannelFrame frame)
    {
        _frames.Add(frame);
        return true;
    }

    public void SendMoved(GatewayId gateway, ChannelName channel) => MovedCount++;

    public void SendMovedToOthers(IReadOnlyCollection<GatewayId> attached, ChannelName channel) => MovedCount++;
}
