using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A channel on which nothing has ever been said.</summary>
internal sealed class FakeNamedChannel : IChannelGrain
{
    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, string? epoch, long offset, ImmutableArray<UserId> users) =>
        Task.FromResult(new ChannelAttachment("silo", "e", 0, []) { Frames = [] });

    public Task DetachAsync(GatewayId gateway, long generation) => Task.CompletedTask;

    public Task GatewayLostAsync(GatewayId gateway) => throw Unexpected();

    public Task<int> NotifyAsync(Notice notice, CancellationToken cancellationToken) => throw Unexpected();

    public Task<ImmutableArray<UserId>> PresentAsync(CancellationToken cancellationToken) => throw Unexpected();

    public Task<bool> ExistsAsync(CancellationToken cancellationToken) => throw Unexpected();

    public Task MakeAsync(CancellationToken cancellationToken) => throw Unexpected();

    public Task RemoveAsync(CancellationToken cancellationToken) => throw Unexpected();

    private static InvalidOperationException Unexpected() => new("A feed only attaches and detaches.");
}
