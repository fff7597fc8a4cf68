using System.Collections.Immutable;
using System.Security.Cryptography;
using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Outbox;
using JubileeVerse.Rules;
using Orleans.Placement;

namespace JubileeVerse.Realtime.Channels;

/// <summary>
/// A channel without an owner: <c>announcements</c> or a named one. Its history is in memory, so its epoch changes with each activation,
/// and a follower that sees a new epoch knows that it may have missed frames. Whether a named channel exists is read from the store each
/// time, so that two activations cannot disagree.
/// </summary>
[GrainType("channel"), RandomPlacement]
internal sealed class ChannelGrain(
    INamedChannelStore store, IGatewayOutboxes outboxes, GatewayLiveness liveness, GatewayFollowers followers, TimeProvider time)
    : Grain, IChannelGrain
{
    private const int EpochBytes = 6;

    private readonly Channel _channel = new(outboxes);
    private readonly ChannelMemory _memory = new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(EpochBytes)), time);
    private readonly Dictionary<GatewayId, (long Generation, ImmutableArray<UserId> Users)> _users = [];

    private ChannelName ChannelName => new(this.GetPrimaryKeyString());

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var gateway in _channel.Gateways)
            followers.Remove(gateway, this.GetGrainId());
        _channel.SendMoved(ChannelName);
        return Task.CompletedTask;
    }

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, string? epoch, long offset, ImmutableArray<UserId> users)
    {
        _channel.Attach(gateway);
        followers.Add(gateway.Gateway, this.GetGrainId(), this.AsReference<IChannelGrain>().RemoveGatewayAsync);
        if (!users.IsDefaultOrEmpty && IsNewest(gateway.Gateway, gateway.Generation))
            _users[gateway.Gateway] = (gateway.Generation, users);
        return Task.FromResult(
            new ChannelAttachment(outboxes.Silo, _memory.Epoch, _memory.Offset, []) { Frames = _memory.After(epoch, offset) });
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

    public Task RemoveGatewayAsync(GatewayId gateway)
    {
        // The gateway may have been seen again since this call was sent; then it stays attached and is evaluated again.
        if (!liveness.IsUnreachable(gateway))
            return Task.CompletedTask;

        followers.Remove(gateway, this.GetGrainId());
        _channel.Remove(gateway);
        _users.Remove(gateway);
        return Task.CompletedTask;
    }

    public async Task<int> NotifyAsync(Notice notice, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(cancellationToken))
            throw JubileeException.NotFound("channel");

        var now = UnixTime.FromMilliseconds(time.NowMs());
        _channel.Publish(
            _memory.Add((epoch, offset) => new AdminNotice(ChannelName, epoch, offset, notice.Message, notice.NoticeType, now)));
        return _channel.Gateways.Count;
    }

    public Task<ImmutableArray<UserId>> GetPresentUsersAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<UserId>>([.. _users.Values.SelectMany(known => known.Users).Distinct()]);

    public async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        if (ChannelName.Kind != ChannelKind.Named)
            return ChannelName.Kind == ChannelKind.Announcements;
        if (await store.ExistsAsync(ChannelName, cancellationToken))
            return true;

        // Requests for random names must not fill the memory with idle activations.
        if (_channel.IsEmpty)
            DeactivateOnIdle();
        return false;
    }

    public Task CreateAsync(CancellationToken cancellationToken) => ChannelName.Kind == ChannelKind.Named
        ? store.CreateAsync(ChannelName, cancellationToken)
        : throw JubileeException.Invalid("channel", "Must be a named channel.");

    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (ChannelName.Kind != ChannelKind.Named)
            throw JubileeException.Invalid("channel", "Must be a named channel.");
        await store.RemoveAsync(ChannelName, cancellationToken);
        _channel.Publish(new Unsubscribed(ChannelName, CloseCodes.Removed));
    }

    private bool IsNewest(GatewayId gateway, long generation) =>
        !_users.TryGetValue(gateway, out var known) || generation >= known.Generation;
}
