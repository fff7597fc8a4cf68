using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// Who may join which channel. Asked once, at the subscription: a channel that is removed ends it, and with a session, or with the loss of a role,
/// end a person's links.
/// </summary>
internal sealed class ChannelAccess(IGrainFactory grains)
{
    /// <summary>What is said of a name that is none.</summary>
    public const string NameRule =
        "A channel is conversation:{id}, user:{id}, queue:{name}, channel:{name} or announcements, an id as it is given: in lower case, without blanks.";

    /// <summary>Null: they may. What is not there and what is another's look the same.</summary>
    public async Task<ErrorCode?> RefuseAsync(UserId userId, ChannelName channel, CancellationToken cancellationToken) => channel.Kind switch
    {
        ChannelKind.Announcements => null,
        ChannelKind.User => channel == ChannelName.Of(userId) ? null : ErrorCode.NotFound,
        ChannelKind.Conversation => await OwnsAsync(userId, ConversationId.Parse(channel.Key), cancellationToken) ? null : ErrorCode.NotFound,
        ChannelKind.Queue => await RefuseQueueAsync(userId, channel.Key, cancellationToken),
        ChannelKind.Named => await grains.GetGrain<IChannelGrain>(channel.Value).ExistsAsync(cancellationToken) ? null : ErrorCode.NotFound,
        _ => ErrorCode.InvalidRequest,
    };

    private async Task<bool> OwnsAsync(UserId userId, ConversationId id, CancellationToken cancellationToken) =>
        await grains.GetGrain<IConversationQueries>(0).FindAsync(userId, id, cancellationToken) is not null;

    private async Task<ErrorCode?> RefuseQueueAsync(UserId userId, string queue, CancellationToken cancellationToken)
    {
        var user = await grains.GetGrain<IAccountGrain>(userId.Value).GetAsync(cancellationToken);
        if (user is not { Role: UserRole.Admin, Disabled: false })
            return ErrorCode.Forbidden;
        return (await grains.GetGrain<IQueueQueries>(0).NamesAsync(cancellationToken)).Contains(queue) ? null : ErrorCode.NotFound;
    }
}
