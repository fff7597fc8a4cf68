using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>Reads the past of stored channels: all of what is asked for, or nothing.</summary>
internal sealed class ChannelPast(IGrainFactory grains)
{
    /// <summary>Null when not all of it is kept, or not all of it can be read by this version.</summary>
    public async Task<FrameList?> ReadAsync(ChannelName channel, HistoryRange range, CancellationToken cancellationToken)
    {
        var history = await grains.GetGrain<IChannelQueries>(0).ReadAsync(channel, range.After, range.UpTo, cancellationToken);
        return history is not null && IsWhole(history.Frames, range) ? history.Frames : null;
    }

    private static bool IsWhole(FrameList frames, HistoryRange range)
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
