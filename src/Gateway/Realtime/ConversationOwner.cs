using JubileeVerse.Conversations;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>A conversation, which owns its channel.</summary>
internal sealed class ConversationOwner(ChannelName channel, IConversationGrain conversation) : IChannelOwner
{
    public ChannelName Channel => channel;

    public bool IsStored => true;

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ChannelPosition? known) => conversation.AttachAsync(gateway);

    public Task DetachAsync(GatewayId gateway, long generation) => conversation.DetachAsync(gateway, generation);
}
