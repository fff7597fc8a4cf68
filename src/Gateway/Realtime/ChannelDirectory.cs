using System.Collections.Concurrent;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>The feeds of the channels that somebody here listens to.</summary>
internal sealed class ChannelDirectory
{
    private readonly ConcurrentDictionary<ChannelName, ChannelFeed> _feeds = new();

    public int Count => _feeds.Count;

    public IEnumerable<ChannelFeed> All => _feeds.Values;

    public ChannelFeed? Find(ChannelName channel) => _feeds.GetValueOrDefault(channel);

    public ChannelFeed GetOrAdd(ChannelName channel, Func<ChannelName, ChannelFeed> make) => _feeds.GetOrAdd(channel, make);

    public void Remove(ChannelFeed feed) => _feeds.TryRemove(KeyValuePair.Create(feed.Channel, feed));

    public void LoseFrames(string silo)
    {
        foreach (var feed in _feeds.Values)
            feed.LoseFrames(silo);
    }
}
