using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Frames.Encoding;

namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>Reads the history of stored channels: the whole requested range, or nothing.</summary>
internal sealed class ChannelHistoryClient(IGrainFactory grains)
{
    /// <summary>Returns null when part of the range is no longer stored, or has frames that this version cannot read.</summary>
    public async Task<FrameList?> ReadAsync(ChannelName channel, HistoryRange range, CancellationToken cancellationToken)
    {
        var history = await grains.GetGrain<IChannelQueriesGrain>(0).ReadAsync(channel, range.After, range.UpTo, cancellationToken);
        return history is not null && IsComplete(history.Frames, range) ? history.Frames : null;
    }

    private static bool IsComplete(FrameList frames, HistoryRange range)
    {
        var (epoch, offset) = range.After;
        foreach (var frame in frames)
        {
            if (frame is not DurableFrame durable || durable.Epoch != epoch || durable.Offset != ++offset)
                return false;
        }

        return offset == range.UpTo;
    }
}
