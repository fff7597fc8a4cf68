using System.Collections.Concurrent;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>The feeds of the channels that have a subscriber at this gateway.</summary>
internal sealed class ChannelDirectory
{
    private readonly ConcurrentDictionary<ChannelName, ChannelFeed> _feeds = new();

    public int Count => _feeds.Count;

    public IEnumerable<ChannelFeed> All => _feeds.Values;

    public ChannelFeed? Find(ChannelName channel) => _feeds.GetValueOrDefault(channel);

    public ChannelFeed GetOrAdd(ChannelName channel, Func<ChannelName, ChannelFeed> create) => _feeds.GetOrAdd(channel, create);

    public void Remove(ChannelFeed feed) => _feeds.TryRemove(KeyValuePair.Create(feed.Channel, feed));

    public void OnFramesLost(string silo)
    {
        foreach (var feed in _feeds.Values)
            feed.OnFramesLost(silo);
    }
}
