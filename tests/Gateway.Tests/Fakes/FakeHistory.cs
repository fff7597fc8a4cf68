using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>The stored history of a channel, filled by the test; a read returns all requested frames or null.</summary>
internal sealed class FakeHistory : IChannelQueriesGrain
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, DurableFrame> _frames = [];

    /// <summary>The exception of every read while it is set.</summary>
    public Exception? Fault { get; set; }

    public int ReadCount { get; private set; }

    public void Add(params IEnumerable<DurableFrame> frames)
    {
        lock (_gate)
        {
            foreach (var frame in frames)
                _frames[frame.Offset] = frame;
        }
    }

    /// <summary>Removes the frames before the offset.</summary>
    public void Trim(long before)
    {
        lock (_gate)
        {
            foreach (var offset in _frames.Keys.Where(offset => offset < before).ToArray())
                _frames.Remove(offset);
        }
    }

    public Task<ChannelHistory?> ReadAsync(ChannelName channel, ChannelPosition after, long upTo, CancellationToken cancellationToken)
    {
        if (Fault is { } fault)
            return Task.FromException<ChannelHistory?>(fault);
        lock (_gate)
        {
            ReadCount++;
            var frames = new List<ChannelFrame>();
            for (var offset = after.Offset + 1; offset <= upTo; offset++)
            {
                if (!_frames.TryGetValue(offset, out var frame) || frame.Epoch != after.Epoch)
                    return Task.FromResult<ChannelHistory?>(null);
                frames.Add(frame);
            }

            return Task.FromResult<ChannelHistory?>(new ChannelHistory(after.Epoch, [.. frames]));
        }
    }
}
