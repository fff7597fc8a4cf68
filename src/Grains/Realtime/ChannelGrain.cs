using System.Collections.Immutable;
using System.Security.Cryptography;
using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using Orleans.Placement;

namespace JubileeVerse.Realtime;

/// <summary>
/// A channel that is nobody's. What is said is in memory: after a move its epoch is another one, and who follows it knows that they may have
/// missed something. Whether a named one exists is asked of the store each time, so that two activations say the same.
/// </summary>
[GrainType("channel"), RandomPlacement]
internal sealed class ChannelGrain(
    INamedChannelStore store, IGatewayOutboxes outboxes, GatewayLiveness liveness, GatewayFollowers followers, TimeProvider time)
    : Grain, IChannelGrain
{
    /// <summary>The channel is gone and will not come back, as clients know the code.</summary>
    private const int Gone = 4300;

    private const int EpochBytes = 6;

    private readonly Channel _channel = new(outboxes);
    private readonly ChannelMemory _memory = new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(EpochBytes)), time);
    private readonly Dictionary<GatewayId, (long Generation, ImmutableArray<UserId> Users)> _users = [];

    private ChannelName ChannelName => new(this.GetPrimaryKeyString());

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var gateway in _channel.Gateways)
            followers.Remove(gateway, this.GetGrainId());
        _channel.Leave(ChannelName);
        return Task.CompletedTask;
    }

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, string? epoch, long offset, ImmutableArray<UserId> users)
    {
        _channel.Attach(gateway);
        followers.Add(gateway.Gateway, this.GetGrainId(), this.AsReference<IChannelGrain>().GatewayLostAsync);
        if (!users.IsDefaultOrEmpty && IsNewest(gateway.Gateway, gateway.Generation))
            _users[gateway.Gateway] = (gateway.Generation, users);
        return Task.FromResult(new ChannelAttachment(outboxes.Silo, _memory.Epoch, _memory.Offset, []) { Frames = _memory.After(epoch, offset) });
    }

    public Task DetachAsync(GatewayId gateway, long generation)
    {
        _channel.Detach(gateway, generation);
        if (IsNewest(gateway, generation))
            _users.Remove(gateway);
        if (!_channel.Gateways.Contains(gateway))
            followers.Remove(gateway, this.GetGrainId());
        return Task.CompletedTask;
    }

    public Task GatewayLostAsync(GatewayId gateway)
    {
        // It may have spoken since: then it is alive, and will be judged anew.
        if (!liveness.IsLost(gateway))
            return Task.CompletedTask;

        followers.Remove(gateway, this.GetGrainId());
        _channel.Lose(gateway);
        _users.Remove(gateway);
        return Task.CompletedTask;
    }

    public async Task<int> NotifyAsync(Notice notice, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(cancellationToken))
            throw JubileeException.NotFound("channel");

        var now = UnixTime.At(time.NowMs());
        _channel.Publish(_memory.Add((epoch, offset) => new AdminNotice(ChannelName, epoch, offset, notice.Message, notice.NoticeType, now)));
        return _channel.Gateways.Count;
    }

    public Task<ImmutableArray<UserId>> PresentAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<UserId>>([.. _users.Values.SelectMany(known => known.Users).Distinct()]);

    public async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        if (ChannelName.Kind != ChannelKind.Named)
            return ChannelName.Kind == ChannelKind.Announcements;
        if (await store.ExistsAsync(ChannelName, cancellationToken))
            return true;

        // Whoever asks for names at random should not fill the memory with them.
        if (_channel.IsEmpty)
            DeactivateOnIdle();
        return false;
    }

    public Task MakeAsync(CancellationToken cancellationToken) => ChannelName.Kind == ChannelKind.Named
        ? store.MakeAsync(ChannelName, cancellationToken)
        : throw JubileeException.Invalid("channel", "Must be a named channel.");

    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (ChannelName.Kind != ChannelKind.Named)
            throw JubileeException.Invalid("channel", "Must be a named channel.");
        await store.RemoveAsync(ChannelName, cancellationToken);
        _channel.Publish(new Unsubscribed(ChannelName, Gone));
    }

    private bool IsNewest(GatewayId gateway, long generation) =>
        !_users.TryGetValue(gateway, out var known) || generation >= known.Generation;
}
