using JubileeVerse.Accounts;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// Receives batches from every silo. A batch may come twice (its acknowledgement was lost): it is applied once. When an outbox's numbers
/// jump, or another outbox of the silo speaks, frames were dropped, and the channels of that silo are attached anew.
/// What is said to the gateway itself, and not to its clients, ends here.
/// </summary>
internal sealed partial class GatewayObserver(ChannelDirectory channels, LiveConnections connections, ILogger<GatewayObserver> logger)
    : IGatewayObserver
{
    /// <summary>Runs of silos remembered; more than a cluster has, even after many restarts.</summary>
    private const int MaxSilos = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, BatchNumber> _last = [];

    public Task DeliverAsync(GatewayBatch batch)
    {
        lock (_gate)
        {
            var number = new BatchNumber(batch.Outbox, batch.Sequence);
            var isKnown = _last.TryGetValue(batch.Silo, out var last);
            if (isKnown && !number.IsAfter(last))
                return Task.CompletedTask;

            if (_last.Count >= MaxSilos)
                _last.Clear();
            _last[batch.Silo] = number;

            if (batch.Frames.UnreadCount > 0)
                LogUnread(batch.Frames.UnreadCount, batch.Silo);
            foreach (var frame in batch.Frames)
                Apply(frame);

            if (batch.FramesLost || !number.Follows(last))
            {
                LogFramesLost(batch.Silo, last, number);
                channels.LoseFrames(batch.Silo);
            }

            foreach (var channel in batch.Moved)
                channels.Find(channel)?.Move();
        }

        return Task.CompletedTask;
    }

    private void Apply(ChannelFrame frame)
    {
        if (frame is not CloseLinks close)
            channels.Find(frame.Channel)?.Apply(frame);
        else if (close.Channel.Kind == ChannelKind.User)
            connections.Close(UserId.Parse(close.Channel.Key), close);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Frames of silo {Silo} were lost between batches {Last} and {Number}: its channels are attached again.")]
    private partial void LogFramesLost(string silo, BatchNumber last, BatchNumber number);

    // As often as frames come while silos are of a later version than this gateway, which is nobody's fault.
    [LoggerMessage(Level = LogLevel.Debug, Message = "{Frames} frames of silo {Silo} are of kinds that this version does not know; they are skipped.")]
    private partial void LogUnread(int frames, string silo);
}
