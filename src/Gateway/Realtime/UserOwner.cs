using JubileeVerse.Accounts;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// A person's grain, which owns their channel. Each attachment tells it all links that they have here; so the check of the position, too, makes
/// good whatever it has missed.
/// </summary>
internal sealed class UserOwner(ChannelName channel, UserId userId, IUserConnectionGrain user, LiveConnections connections) : IChannelOwner
{
    public ChannelName Channel => channel;

    public bool IsStored => true;

    public async Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ChannelPosition? known)
    {
        // Read after the generation was drawn: a higher generation never says an older list. What changes meanwhile is said by whoever changed it.
        var links = connections.LinksOf(userId);
        var attachment = await user.AttachAsync(gateway, links);
        connections.Said(userId, gateway.Generation, links);
        return attachment;
    }

    public async Task DetachAsync(GatewayId gateway, long generation)
    {
        // Forgotten in any case: what is not known to have been said is said again.
        connections.Said(userId, generation, []);
        await user.DetachAsync(gateway, generation);
    }
}
