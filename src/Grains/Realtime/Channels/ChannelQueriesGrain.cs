using JubileeVerse.Realtime.History;
using JubileeVerse.Realtime.Positions;
using Orleans.Concurrency;

namespace JubileeVerse.Realtime.Channels;

[StatelessWorker, GrainType("channel-queries")]
internal sealed class ChannelQueriesGrain(ChannelHistoryReader history) : Grain, IChannelQueriesGrain
{
    public Task<ChannelHistory?> ReadAsync(ChannelName channel, ChannelPosition after, long upTo, CancellationToken cancellationToken) =>
        history.ReadAsync(channel, after, upTo, cancellationToken);
}
