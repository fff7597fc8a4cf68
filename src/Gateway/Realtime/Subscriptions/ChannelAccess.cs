using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Subscriptions;

/// <summary>
/// Checks whether a user may subscribe to a channel. The check runs once, at the subscription, because removing a channel ends its
/// subscriptions, and the end of a session or the loss of a role closes the user's connections.
/// </summary>
internal sealed class ChannelAccess(IGrainFactory grains)
{
    /// <summary>The error text for a malformed channel name.</summary>
    public const string NameRule =
        "A channel is conversation:{id}, user:{id}, queue:{name}, channel:{name} or announcements; ids are in lower case without blanks.";

    /// <summary>
    /// Returns null when the user may subscribe. A channel of another user is reported like one that does not exist, so that ids cannot
    /// be probed.
    /// </summary>
    public async Task<ErrorCode?> CheckAsync(UserId userId, ChannelName channel, CancellationToken cancellationToken) =>
        channel.Kind switch
        {
            ChannelKind.Announcements => null,
            ChannelKind.User => channel == ChannelName.For(userId) ? null : ErrorCode.NotFound,
            ChannelKind.Conversation =>
                await OwnsAsync(userId, ConversationId.Parse(channel.Key), cancellationToken) ? null : ErrorCode.NotFound,
            ChannelKind.Queue => await RefuseQueueAsync(userId, channel.Key, cancellationToken),
            ChannelKind.Named =>
                await grains.GetGrain<IChannelGrain>(channel.Value).ExistsAsync(cancellationToken) ? null : ErrorCode.NotFound,
            _ => ErrorCode.InvalidRequest,
        };

    private async Task<bool> OwnsAsync(UserId userId, ConversationId id, CancellationToken cancellationToken) =>
        await grains.GetGrain<IConversationQueriesGrain>(0).FindAsync(userId, id, cancellationToken) is not null;

    private async Task<ErrorCode?> RefuseQueueAsync(UserId userId, string queue, CancellationToken cancellationToken)
    {
        var user = await grains.GetGrain<IAccountGrain>(userId.Value).GetAsync(cancellationToken);
        if (user is not { Role: UserRole.Admin, Disabled: false })
            return ErrorCode.Forbidden;
        return (await grains.GetGrain<IQueueQueriesGrain>(0).NamesAsync(cancellationToken)).Contains(queue) ? null : ErrorCode.NotFound;
    }
}
