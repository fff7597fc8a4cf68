using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Gateway.Realtime.Feeds.Owners;

/// <summary>
/// The grain of a user as the owner of the user's channel. Each attachment passes all of the user's connections to this gateway, so that
/// the periodic check of the position also repairs whatever the grain has missed.
/// </summary>
internal sealed class UserChannelOwner(ChannelName channel, UserId userId, IUserConnectionGrain user, LiveConnections connections)
    : IChannelOwner
{
    public ChannelName Channel => channel;

    public bool IsStored => true;

    public async Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ChannelPosition? known)
    {
        // The list is read after the generation was drawn, so that a higher generation never carries an older list. A later change is
        // sent by the code that makes it.
        var userConnections = connections.UserConnectionsOf(userId);
        var attachment = await user.AttachAsync(gateway, userConnections);
        connections.SetAcknowledged(userId, gateway.Generation, userConnections);
        return attachment;
    }

    public async Task DetachAsync(GatewayId gateway, long generation)
    {
        // Cleared even if the call fails, because connections that are not known to be acknowledged are sent again.
        connections.SetAcknowledged(userId, generation, []);
        await user.DetachAsync(gateway, generation);
    }
}
