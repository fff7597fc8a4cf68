using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>Finds who owns a channel, by its name.</summary>
internal sealed class ChannelOwners(IGrainFactory grains, LiveConnections connections)
{
    /// <summary>Throws for a channel that nobody may join.</summary>
    public IChannelOwner Of(ChannelName channel) => channel.Kind switch
    {
        ChannelKind.Conversation => new ConversationOwner(
            channel, grains.GetGrain<IConversationGrain>(ConversationId.Parse(channel.Key).Value)),
        ChannelKind.Queue => new QueueOwner(channel, grains.GetGrain<IQueueChannel>(channel.Key)),
        ChannelKind.User => new UserOwner(
            channel, UserId.Parse(channel.Key), grains.GetGrain<IUserConnectionGrain>(UserId.Parse(channel.Key).Value), connections),
        ChannelKind.Announcements or ChannelKind.Named => new NamedOwner(channel, grains.GetGrain<IChannelGrain>(channel.Value)),
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "Nobody owns this channel."),
    };
}
