using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A named channel without any frames.</summary>
internal sealed class FakeChannelGrain : IChannelGrain
{
    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, string? epoch, long offset, ImmutableArray<UserId> users) =>
        Task.FromResult(new ChannelAttachment("silo", "e", 0, []) { Frames = [] });

    public Task DetachAsync(GatewayId gateway, long generation) => Task.CompletedTask;

    public Task RemoveGatewayAsync(GatewayId gateway) => throw Unexpected();

    public Task<int> NotifyAsync(Notice notice, CancellationToken cancellationToken) => throw Unexpected();

    public Task<ImmutableArray<UserId>> GetPresentUsersAsync(CancellationToken cancellationToken) => throw Unexpected();

    public Task<bool> ExistsAsync(CancellationToken cancellationToken) => throw Unexpected();

    public Task CreateAsync(CancellationToken cancellationToken) => throw Unexpected();

    public Task RemoveAsync(CancellationToken cancellationToken) => throw Unexpected();

    private static InvalidOperationException Unexpected() => new("A feed calls only AttachAsync and DetachAsync.");
}
