using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Feeds.Owners;

/// <summary>Creates the owner of a channel from the channel's name.</summary>
internal sealed class ChannelOwnerFactory(IGrainFactory grains, LiveConnections connections)
{
    /// <summary>Throws for a channel of an unknown kind.</summary>
    public IChannelOwner Create(ChannelName channel) => channel.Kind switch
    {
        ChannelKind.Conversation => new ConversationChannelOwner(
            channel, grains.GetGrain<IConversationGrain>(ConversationId.Parse(channel.Key).Value)),
        ChannelKind.Queue => new QueueChannelOwner(channel, grains.GetGrain<IQueueChannelGrain>(channel.Key)),
        ChannelKind.User => new UserChannelOwner(
            channel, UserId.Parse(channel.Key), grains.GetGrain<IUserConnectionGrain>(UserId.Parse(channel.Key).Value), connections),
        ChannelKind.Announcements or ChannelKind.Named => new NamedChannelOwner(channel, grains.GetGrain<IChannelGrain>(channel.Value)),
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "A channel of this kind has no owner."),
    };
}
