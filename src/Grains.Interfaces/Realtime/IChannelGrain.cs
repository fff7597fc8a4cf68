using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Operations;
using Orleans.Concurrency;

namespace JubileeVerse.Realtime;

/// <summary>
/// A channel that is nobody's: <c>announcements</c>, and those that admins make. Key: the channel's name. Its history is in memory, so its
/// epoch begins anew with each activation.
/// </summary>
[Alias("IChannelGrain")]
public interface IChannelGrain : IGrainWithStringKey
{
    /// <summary>
    /// Sends the channel's frames to this gateway from now on. Answers with those after the position that are kept; with all that are when it
    /// is of another epoch.
    /// </summary>
    /// <param name="gateway">Who listens.</param>
    /// <param name="epoch">What it knows already; null for nothing.</param>
    /// <param name="offset">The last frame that it knows.</param>
    /// <param name="users">The people there who are subscribed, for a channel whose presence is told; empty for <c>announcements</c>.</param>
    [AlwaysInterleave, Alias("AttachAsync")]
    Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, string? epoch, long offset, ImmutableArray<UserId> users);

    [AlwaysInterleave, Alias("DetachAsync")]
    Task DetachAsync(GatewayId gateway, long generation);

    /// <summary>The gateway has died. Told by the silo that hosts this grain.</summary>
    [AlwaysInterleave, Alias("GatewayLostAsync")]
    Task GatewayLostAsync(GatewayId gateway);

    /// <summary>Tells everyone who is subscribed, once. Says to how many gateways it went; to none is 0.</summary>
    [Alias("NotifyAsync")]
    Task<int> NotifyAsync(Notice notice, CancellationToken cancellationToken);

    /// <summary>Who is subscribed, over all gateways.</summary>
    [AlwaysInterleave, Idempotent, Alias("PresentAsync")]
    Task<ImmutableArray<UserId>> PresentAsync(CancellationToken cancellationToken);

    /// <summary>Whether people may join. <c>announcements</c> is always there.</summary>
    [AlwaysInterleave, Idempotent, Alias("ExistsAsync")]
    Task<bool> ExistsAsync(CancellationToken cancellationToken);

    /// <summary>An admin makes the channel; kept over restarts. One that is there stays as it is.</summary>
    [Idempotent, Alias("MakeAsync")]
    Task MakeAsync(CancellationToken cancellationToken);

    /// <summary>An admin removes it: whoever is subscribed is told with <see cref="Unsubscribed"/>.</summary>
    [Idempotent, Alias("RemoveAsync")]
    Task RemoveAsync(CancellationToken cancellationToken);
}
