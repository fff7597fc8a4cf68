using JubileeVerse.Conversations;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Gateway.Realtime.Feeds.Owners;

/// <summary>The grain of a conversation as the owner of the conversation's channel.</summary>
internal sealed class ConversationChannelOwner(ChannelName channel, IConversationGrain conversation) : IChannelOwner
{
    public ChannelName Channel => channel;

    public bool IsStored => true;

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ChannelPosition? known) => conversation.AttachAsync(gateway);

    public Task DetachAsync(GatewayId gateway, long generation) => conversation.DetachAsync(gateway, generation);
}
