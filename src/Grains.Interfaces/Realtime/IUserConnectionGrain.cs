using System.Collections.Immutable;
using JubileeVerse.Conversations;
using JubileeVerse.Operations;
using Orleans.Concurrency;

namespace JubileeVerse.Realtime;

/// <summary>
/// One person's live links over all gateways, whether they are online, and the stored channel <c>user:{id}</c>. Key: user id.
/// It knows gateways and what each says of its links, in memory: after a move they say it anew. It calls no conversation.
/// </summary>
[Alias("IUserConnectionGrain")]
public interface IUserConnectionGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Says all links that the person has at this gateway, and attaches it to the channel; repeated at each change and each check of the
    /// position. An older generation than the known one came late and changes nothing. With too many links the oldest are closed, wherever they
    /// are: by <see cref="CloseLinks"/>.
    /// </summary>
    [AlwaysInterleave, Alias("AttachAsync")]
    Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ImmutableArray<UserLink> links);

    /// <summary>The person has no link at this gateway, and nobody there listens to the channel.</summary>
    [AlwaysInterleave, Alias("DetachAsync")]
    Task DetachAsync(GatewayId gateway, long generation);

    /// <summary>The gateway has died, and its links with it. Told by the silo that hosts this grain.</summary>
    [AlwaysInterleave, Alias("GatewayLostAsync")]
    Task GatewayLostAsync(GatewayId gateway);

    [AlwaysInterleave, Idempotent, Alias("GetAsync")]
    Task<UserPresence> GetAsync(CancellationToken cancellationToken);

    /// <summary>Tells the person on every link, once. Answers after the commit with how many links there are; nobody is 0.</summary>
    [Alias("NotifyAsync")]
    Task<int> NotifyAsync(Notice notice, CancellationToken cancellationToken);

    /// <summary>A conversation of theirs is new, was changed, or is gone: for lists on other devices. Told by the conversation, after its commit.</summary>
    [Alias("ConversationChangedAsync")]
    Task ConversationChangedAsync(Conversation conversation, bool deleted, CancellationToken cancellationToken);

    /// <summary>They have read a conversation up to a message. Told by the conversation, after its commit.</summary>
    [Alias("ReadAsync")]
    Task ReadAsync(ConversationId conversation, long seq, CancellationToken cancellationToken);

    /// <summary>Closes links with a code: those of a session, or all. Says how many there were.</summary>
    /// <param name="code">As in <see cref="Closing"/>.</param>
    /// <param name="session">The session's subject, as in <see cref="UserLink"/>; null for every link.</param>
    [AlwaysInterleave, Idempotent, Alias("CloseAsync")]
    Task<int> CloseAsync(int code, string? session, CancellationToken cancellationToken);
}
