using System.Collections.Immutable;
using JubileeVerse.Conversations;
using JubileeVerse.Operations;
using JubileeVerse.Realtime.Frames;
using Orleans.Concurrency;

namespace JubileeVerse.Realtime;

/// <summary>
/// A user's open connections over all gateways, their presence, and the stored channel <c>user:{id}</c>. Key: user id.
/// The grain keeps the gateways and their reported connections in memory; after a migration they report them again. It calls no
/// conversation.
/// </summary>
[Alias("IUserConnectionGrain")]
public interface IUserConnectionGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Reports all connections of the user at this gateway, and attaches the gateway to the channel. The call is repeated with each change
    /// and each check of the position. An older generation than the known one arrived late and is ignored. If there are too many
    /// connections, the oldest ones of all gateways are closed by <see cref="CloseConnections"/>.
    /// </summary>
    [AlwaysInterleave, Alias("AttachAsync")]
    Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ImmutableArray<UserConnection> links);

    /// <summary>The user has no connection at this gateway, and the channel has no subscriber there.</summary>
    [AlwaysInterleave, Alias("DetachAsync")]
    Task DetachAsync(GatewayId gateway, long generation);

    /// <summary>Removes a gateway that has died, and its connections. Called by the silo that hosts this grain.</summary>
    [AlwaysInterleave, Alias("GatewayLostAsync")]
    Task RemoveGatewayAsync(GatewayId gateway);

    [AlwaysInterleave, Idempotent, Alias("GetAsync")]
    Task<UserPresence> GetAsync(CancellationToken cancellationToken);

    /// <summary>Publishes a notice to all connections of the user. Returns the number of connections, after the commit.</summary>
    [Alias("NotifyAsync")]
    Task<int> NotifyAsync(Notice notice, CancellationToken cancellationToken);

    /// <summary>
    /// Publishes that a conversation of the user was created, changed or deleted, to update lists on other devices. Called by the
    /// conversation after its commit.
    /// </summary>
    [Alias("ConversationChangedAsync")]
    Task ConversationChangedAsync(Conversation conversation, bool deleted, CancellationToken cancellationToken);

    /// <summary>Publishes that the user has read a conversation up to a message. Called by the conversation after its commit.</summary>
    [Alias("ReadAsync")]
    Task ReadMarkedAsync(ConversationId conversation, long seq, CancellationToken cancellationToken);

    /// <summary>Closes the connections of a session, or all connections, with a close code. Returns their number.</summary>
    /// <param name="code">A code as in <see cref="Closing"/>.</param>
    /// <param name="session">The subject of the session, as in <see cref="UserConnection"/>; null for all connections.</param>
    [AlwaysInterleave, Idempotent, Alias("CloseAsync")]
    Task<int> CloseAsync(int code, string? session, CancellationToken cancellationToken);
}
