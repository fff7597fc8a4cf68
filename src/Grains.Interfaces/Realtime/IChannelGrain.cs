using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Operations;
using JubileeVerse.Realtime.Frames;
using Orleans.Concurrency;

namespace JubileeVerse.Realtime;

/// <summary>
/// A channel without an owning entity: <c>announcements</c>, or one created by an admin. Key: channel name. Its history is in memory, so
/// each activation has a new epoch.
/// </summary>
[Alias("IChannelGrain")]
public interface IChannelGrain : IGrainWithStringKey
{
    /// <summary>
    /// Subscribes this gateway to the channel's frames. Returns the retained frames after the position, or all retained frames if the
    /// position has another epoch.
    /// </summary>
    /// <param name="epoch">Epoch of the gateway's position; null if it has none.</param>
    /// <param name="offset">Offset of the last frame that the gateway has.</param>
    /// <param name="users">The gateway's subscribed users, for a channel with presence; empty for <c>announcements</c>.</param>
    [AlwaysInterleave, Alias("AttachAsync")]
    Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, string? epoch, long offset, ImmutableArray<UserId> users);

    [AlwaysInterleave, Alias("DetachAsync")]
    Task DetachAsync(GatewayId gateway, long generation);

    /// <summary>Removes a gateway that has died. Called by the silo that hosts this grain.</summary>
    [AlwaysInterleave, Alias("GatewayLostAsync")]
    Task RemoveGatewayAsync(GatewayId gateway);

    /// <summary>Publishes a notice to all subscribers. Returns the number of gateways that it was sent to.</summary>
    [Alias("NotifyAsync")]
    Task<int> NotifyAsync(Notice notice, CancellationToken cancellationToken);

    /// <summary>The subscribed users over all gateways.</summary>
    [AlwaysInterleave, Idempotent, Alias("PresentAsync")]
    Task<ImmutableArray<UserId>> GetPresentUsersAsync(CancellationToken cancellationToken);

    /// <summary>True if users may subscribe. <c>announcements</c> always exists.</summary>
    [AlwaysInterleave, Idempotent, Alias("ExistsAsync")]
    Task<bool> ExistsAsync(CancellationToken cancellationToken);

    /// <summary>Creates the channel on behalf of an admin. It survives restarts. An existing channel stays unchanged.</summary>
    [Idempotent, Alias("MakeAsync")]
    Task CreateAsync(CancellationToken cancellationToken);

    /// <summary>Removes the channel on behalf of an admin. Its subscribers receive <see cref="Unsubscribed"/>.</summary>
    [Idempotent, Alias("RemoveAsync")]
    Task RemoveAsync(CancellationToken cancellationToken);
}
