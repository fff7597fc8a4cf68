using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Errors;
using JubileeVerse.Realtime.Channels;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.History;
using JubileeVerse.Realtime.Outbox;
using JubileeVerse.Rules;
using JubileeVerse.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace JubileeVerse.Realtime.Presence;

/// <summary>
/// One user's connections, online status and channel.
/// </summary>
/// <remarks>
/// <para>Each gateway reports all its connections of the user at once, and again with each check of the channel's position. A lost call or
/// a move of this grain is therefore repaired by the next report, and connections that must close are named again in response to each
/// (<see cref="RecentCloses"/>).</para>
/// <para>The channel is stored, and an event is published after its commit. Two activations are harmless, because the offset in the store
/// is the fence: the activation that is behind fails, loads the offset, and appends its event after the other's.</para>
/// <para>Attaching and closing interleave with other calls, but touch memory only. There is no await between a commit and the publication
/// of its event, so an attachment sees either neither of them or both.</para>
/// </remarks>
[GrainType("user-connection"), RandomPlacement]
internal sealed partial class UserConnectionGrain(
    IUserChannelStore store,
    ChannelEpoch epochs,
    IGatewayOutboxes outboxes,
    GatewayLiveness liveness,
    GatewayFollowers followers,
    IOptions<RealtimeOptions> options,
    IOptions<UserConnectionOptions> connectionOptions,
    TimeProvider time,
    ILogger<UserConnectionGrain> logger) : Grain, IUserConnectionGrain
{
    private readonly Channel _channel = new(outboxes);
    private readonly UserConnectionRegistry _registry = new();
    private readonly RecentCloses _recentCloses = new(time);
    private readonly OnlineState _online = new(options.Value.PresenceGrace, time);
    private IGrainTimer? _offlineTimer;
    private string _epoch = "";
    private long _offset;

    private UserId UserId => new(this.GetPrimaryKey());

    private ChannelName ChannelName => ChannelName.For(UserId);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _epoch = await epochs.GetAsync(cancellationToken);
        _offset = await store.LoadAsync(UserId, cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var gateway in _channel.Gateways)
            followers.Remove(gateway, this.GetGrainId());
        _channel.SendMoved(ChannelName);
        return Task.CompletedTask;
    }

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ImmutableArray<UserConnection> connections)
    {
        if (_registry.Attach(gateway.Gateway, gateway.Generation, connections))
        {
            _channel.Attach(gateway);
            followers.Add(gateway.Gateway, this.GetGrainId(), this.AsReference<IUserConnectionGrain>().RemoveGatewayAsync);
            EnforceCloses();
            UpdatePresence();
        }

        return Task.FromResult(new ChannelAttachment(outboxes.Silo, _epoch, _offset, []));
    }

    public Task DetachAsync(GatewayId gateway, long generation)
    {
        if (!_registry.Detach(gateway, generation))
            return Task.CompletedTask;

        _channel.Detach(gateway, generation);
        followers.Remove(gateway, this.GetGrainId());
        UpdatePresence();
        return Task.CompletedTask;
    }

    public Task RemoveGatewayAsync(GatewayId gateway)
    {
        // The gateway may have been seen again since, by this grain or elsewhere on this silo; then it stays attached and is evaluated
        // again.
        if (!liveness.IsUnreachable(gateway))
            return Task.CompletedTask;

        followers.Remove(gateway, this.GetGrainId());
        _channel.Remove(gateway);
        if (_registry.RemoveGateway(gateway))
            UpdatePresence(GatewayLiveness.HeartbeatPeriod - (liveness.TimeSinceLastSeen(gateway) ?? TimeSpan.Zero));
        return Task.CompletedTask;
    }

    public Task<UserPresence> GetAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new UserPresence(_online.IsOnline, [.. _registry.Connections.Select(hosted => hosted.Connection)]));

    public async Task<int> NotifyAsync(Notice notice, CancellationToken cancellationToken)
    {
        var now = UnixTime.FromMilliseconds(time.NowMs());
        await AppendAndPublishAsync(offset => new AdminNotice(ChannelName, _epoch, offset, notice.Message, notice.NoticeType, now));
        return _registry.Count;
    }

    public Task ConversationChangedAsync(Conversation conversation, bool deleted, CancellationToken cancellationToken) =>
        AppendAndPublishAsync(offset => new ConversationChanged(ChannelName, _epoch, offset, conversation, deleted));

    public Task ReadMarkedAsync(ConversationId conversation, long seq, CancellationToken cancellationToken) =>
        AppendAndPublishAsync(offset => new ReadMarked(ChannelName, _epoch, offset, UserId, seq) { ConversationId = conversation });

    public Task<int> CloseAsync(int code, string? session, CancellationToken cancellationToken)
    {
        var closed = _registry.Connections.Where(hosted => session is null || hosted.Connection.Session == session).ToArray();
        _recentCloses.Add(code, session, closed.Select(hosted => hosted.Connection.Id));
        // The frame names the session and no connection ids, because a gateway may have connections that it has not reported yet.
        _channel.Publish(new CloseConnections(ChannelName, [], session, code));
        LogClosed(UserId, closed.Length, code);
        return Task.FromResult(closed.Length);
    }

    /// <summary>Stores an event and publishes it. Retries once with a fresh offset when another activation has written since.</summary>
    private async Task AppendAndPublishAsync(Func<long, DurableFrame> createFrame)
    {
        try
        {
            await AppendAsync(createFrame(_offset + 1));
        }
        catch (StaleWriterException exception)
        {
            LogStale(exception, UserId);
            _offset = await store.LoadAsync(UserId, CancellationToken.None);
            await RetryAppendAsync(createFrame(_offset + 1));
        }
    }

    private async Task RetryAppendAsync(DurableFrame frame)
    {
        try
        {
            await AppendAsync(frame);
        }
        catch (StaleWriterException exception)
        {
            LogStale(exception, UserId);
            DeactivateOnIdle();
            throw new JubileeException(ErrorCode.Unavailable, "The user's channel is moving to another server; try again.");
        }
    }

    private async Task AppendAsync(DurableFrame frame)
    {
        try
        {
            // The commit is never cancelled, because a caller that disconnects must not leave memory and store inconsistent.
            await store.AppendAsync(UserId, frame, CancellationToken.None);
        }
        catch (Exception exception) when (exception is not StaleWriterException)
        {
            // Whether the event was stored is unknown, so the activation cannot rely on its memory any longer.
            DeactivateOnIdle();
            throw;
        }

        _offset = frame.Offset;
        _channel.Publish(frame);
    }

    /// <summary>
    /// Sends close frames for connections that were closed lately and for the oldest connections above the limit. It runs with each
    /// attachment, so the frames are repeated until the connections are closed.
    /// </summary>
    private void EnforceCloses()
    {
        var closing = _registry.Connections
            .Select(hosted => (Hosted: hosted, Code: _recentCloses.FindCode(hosted.Connection)))
            .Where(entry => entry.Code is not null)
            .ToArray();
        var excess = _registry.GetExcess(connectionOptions.Value.LinksPerUser)
            .Select(hosted => (Hosted: hosted, Code: (int?)CloseCodes.TooManyConnections));
        foreach (var group in closing.Concat(excess).GroupBy(entry => (entry.Hosted.Gateway, entry.Code)))
        {
            var frame = new CloseConnections(
                ChannelName, [.. group.Select(entry => entry.Hosted.Connection.Id)], Session: null, group.Key.Code!.Value);
            outboxes.TrySend(group.Key.Gateway, frame);
            LogClosed(UserId, frame.ConnectionIds.Length, frame.Code);
        }
    }

    /// <summary>Publishes that the user is online, or starts the grace period after which they are offline.</summary>
    /// <param name="disconnectDelay">When the last connection may have been closed, relative to now; negative for earlier.</param>
    private void UpdatePresence(TimeSpan disconnectDelay = default)
    {
        if (_registry.Count > 0)
        {
            CancelOfflineTimer();
            if (_online.MarkConnected())
                _channel.PublishToAttached(new PresenceChanged(ChannelName, UserId, Online: true));
            return;
        }

        _online.MarkDisconnected(disconnectDelay);
        if (_online.TimeUntilOffline is { } due && _offlineTimer is null)
        {
            // The timer keeps the activation alive, because a deactivated grain would never publish that the user is offline.
            _offlineTimer = this.RegisterGrainTimer(
                _ => GoOfflineAsync(),
                new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
        }
    }

    private Task GoOfflineAsync()
    {
        if (_online.TryExpire())
        {
            CancelOfflineTimer();
            _channel.PublishToAttached(new PresenceChanged(ChannelName, UserId, Online: false));
        }
        else if (_online.TimeUntilOffline is { } due)
        {
            // A timer may fire slightly early.
            _offlineTimer?.Change(due + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }

        return Task.CompletedTask;
    }

    private void CancelOfflineTimer()
    {
        _offlineTimer?.Dispose();
        _offlineTimer = null;
    }
}
