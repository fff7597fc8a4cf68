using Orleans.Concurrency;

namespace JubileeVerse.Realtime;

[StatelessWorker, GrainType("channel-queries")]
internal sealed class ChannelQueries(ChannelHistoryReader history) : Grain, IChannelQueries
{
    public Task<ChannelHistory?> ReadAsync(ChannelName channel, ChannelPosition after, long upTo, CancellationToken cancellationToken) =>
        history.ReadAsync(channel, after, upTo, cancellationToken);
}
