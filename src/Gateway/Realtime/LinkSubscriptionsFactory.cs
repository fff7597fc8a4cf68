using JubileeVerse.Accounts;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>Makes the subscriptions of links.</summary>
internal sealed class LinkSubscriptionsFactory(ChannelFeeds feeds, ChannelPast past, ChannelAccess access, ILogger<LinkSubscriptions> logger)
{
    /// <param name="userId">Whose link.</param>
    /// <param name="link">Is pulsed when there is something to read.</param>
    /// <param name="maxChannels">At a time, besides the person's own channel and the announcements.</param>
    public ILinkSubscriptions For(UserId userId, IFeedListener link, int maxChannels) =>
        new LinkSubscriptions(userId, link, maxChannels, feeds, past, access, logger);
}
