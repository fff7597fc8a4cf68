using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>
/// Receives batches from every silo. A batch that arrives twice, because its acknowledgement was lost, is applied once. When the numbers
/// of an outbox jump, or a new outbox of the silo sends, frames were lost, and the channels of that silo are attached again. Frames for
/// the gateway itself, and not for its clients, are handled here.
/// </summary>
internal sealed partial class GatewayObserver(ChannelDirectory channels, LiveConnections connections, ILogger<GatewayObserver> logger)
    : IGatewayObserver
{
    /// <summary>The number of silo runs to remember; more than a cluster has, even after many restarts.</summary>
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

            if (batch.Frames.UnreadableCount > 0)
                LogUnknownFrames(batch.Frames.UnreadableCount, batch.Silo);
            foreach (var frame in batch.Frames)
                Apply(frame);

            if (batch.FramesDropped || !number.Follows(last))
            {
                LogFramesLost(batch.Silo, last, number);
                channels.OnFramesLost(batch.Silo);
            }

            foreach (var channel in batch.MovedChannels)
                channels.Find(channel)?.OnOwnerMoved();
        }

        return Task.CompletedTask;
    }

    private void Apply(ChannelFrame frame)
    {
        if (frame is not CloseConnections close)
            channels.Find(frame.Channel)?.Apply(frame);
        else if (close.Channel.Kind == ChannelKind.User)
            connections.Close(UserId.Parse(close.Channel.Key), close);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Frames of silo {Silo} were lost between batches {Last} and {Number}; its channels are attached again.")]
    private partial void LogFramesLost(string silo, BatchNumber last, BatchNumber number);

    // Logged at debug level, because it happens for every such frame while silos run a later version than this gateway, as in every
    // upgrade.
    [LoggerMessage(
        Level = LogLevel.Debug,
        Message = "{Frames} frames of silo {Silo} are of kinds that this version does not know; they are skipped.")]
    private partial void LogUnknownFrames(int frames, string silo);
}
