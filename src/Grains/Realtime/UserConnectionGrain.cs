using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Errors;
using JubileeVerse.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace JubileeVerse.Realtime;

/// <summary>
/// One person's links, whether they are online, and their channel.
/// </summary>
/// <remarks>
/// <para>Links are known by what gateways say of them, all at once and again with each check of the position. So a call that is lost, or a move of
/// this grain, is made good by the next, and what was to be closed is told again with each (<see cref="LinkClosings"/>).</para>
/// <para>The channel is stored: an event is told after its commit. Two activations are harmless, as the offset in the store is the fence: the one
/// that is behind loads it and says its event after the other's; the second time it goes.</para>
/// <para>Attaching and closing interleave, and touch memory only: between a commit and the telling of its event there is no await, so an attachment is
/// answered either from before both or from after both.</para>
/// </remarks>
[GrainType("user-connection"), RandomPlacement]
internal sealed partial class UserConnectionGrain(
    IUserChannelStore store,
    ChannelEpoch epochs,
    IGatewayOutboxes outboxes,
    GatewayLiveness liveness,
    GatewayFollowers followers,
    IOptions<RealtimeOptions> options,
    IOptions<UserLinkOptions> userLinks,
    TimeProvider time,
    ILogger<UserConnectionGrain> logger) : Grain, IUserConnectionGrain
{
    /// <summary>The close code of a link that makes room for a newer one, as clients know it.</summary>
    internal const int TooManyLinks = 4101;

    private readonly Channel _channel = new(outboxes);
    private readonly UserLinkBook _book = new();
    private readonly LinkClosings _closings = new(time);
    private readonly OnlineState _online = new(options.Value.PresenceGrace, time);
    private IGrainTimer? _leaving;
    private string _epoch = "";
    private long _offset;

    private UserId UserId => new(this.GetPrimaryKey());

    private ChannelName ChannelName => ChannelName.Of(UserId);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _epoch = await epochs.GetAsync(cancellationToken);
        _offset = await store.LoadAsync(UserId, cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var gateway in _channel.Gateways)
            followers.Remove(gateway, this.GetGrainId());
        _channel.Leave(ChannelName);
        return Task.CompletedTask;
    }

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ImmutableArray<UserLink> links)
    {
        if (_book.Attach(gateway.Gateway, gateway.Generation, links))
        {
            _channel.Attach(gateway);
            followers.Add(gateway.Gateway, this.GetGrainId(), this.AsReference<IUserConnectionGrain>().GatewayLostAsync);
            CloseWhatMustGo();
            Settle();
        }

        return Task.FromResult(new ChannelAttachment(outboxes.Silo, _epoch, _offset, []));
    }

    public Task DetachAsync(GatewayId gateway, long generation)
    {
        if (!_book.Detach(gateway, generation))
            return Task.CompletedTask;

        _channel.Detach(gateway, generation);
        followers.Remove(gateway, this.GetGrainId());
        Settle();
        return Task.CompletedTask;
    }

    public Task GatewayLostAsync(GatewayId gateway)
    {
        // It may have spoken since, here or elsewhere on this silo: then it is alive, and will be judged anew.
        if (!liveness.IsLost(gateway))
            return Task.CompletedTask;

        followers.Remove(gateway, this.GetGrainId());
        _channel.Lose(gateway);
        if (_book.Lose(gateway))
            Settle(GatewayLiveness.Heartbeat - (liveness.SilentFor(gateway) ?? TimeSpan.Zero));
        return Task.CompletedTask;
    }

    public Task<UserPresence> GetAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new UserPresence(_online.IsOnline, [.. _book.Links.Select(held => held.Link)]));

    public async Task<int> NotifyAsync(Notice notice, CancellationToken cancellationToken)
    {
        var now = UnixTime.At(time.NowMs());
        await TellAsync(offset => new AdminNotice(ChannelName, _epoch, offset, notice.Message, notice.NoticeType, now));
        return _book.Count;
    }

    public Task ConversationChangedAsync(Conversation conversation, bool deleted, CancellationToken cancellationToken) =>
        TellAsync(offset => new ConversationChanged(ChannelName, _epoch, offset, conversation, deleted));

    public Task ReadAsync(ConversationId conversation, long seq, CancellationToken cancellationToken) =>
        TellAsync(offset => new ReadMarked(ChannelName, _epoch, offset, UserId, seq) { ConversationId = conversation });

    public Task<int> CloseAsync(int code, string? session, CancellationToken cancellationToken)
    {
        var closed = _book.Links.Where(held => session is null || held.Link.Session == session).ToArray();
        _closings.Add(code, session, closed.Select(held => held.Link.Id));
        // Also links that this activation has not been told of yet, so by what they are and not by their names.
        _channel.Publish(new CloseLinks(ChannelName, [], session, code));
        LogClosed(UserId, closed.Length, code);
        return Task.FromResult(closed.Length);
    }

    /// <summary>Stores an event and tells it; once more after another activation's when that has written since.</summary>
    private async Task TellAsync(Func<long, DurableFrame> make)
    {
        try
        {
            await AppendAsync(make(_offset + 1));
        }
        catch (StaleWriterException exception)
        {
            LogStale(exception, UserId);
            _offset = await store.LoadAsync(UserId, CancellationToken.None);
            await AppendLastAsync(make(_offset + 1));
        }
    }

    private async Task AppendLastAsync(DurableFrame frame)
    {
        try
        {
            await AppendAsync(frame);
        }
        catch (StaleWriterException exception)
        {
            LogStale(exception, UserId);
            DeactivateOnIdle();
            throw new JubileeException(ErrorCode.Unavailable, "The person's channel is being moved; try again.");
        }
    }

    private async Task AppendAsync(DurableFrame frame)
    {
        try
        {
            // Never cancelled: a caller who hangs up must not leave memory and store apart.
            await store.AppendAsync(UserId, frame, CancellationToken.None);
        }
        catch (Exception exception) when (exception is not StaleWriterException)
        {
            // Whether it was stored is not known, so memory is not to be trusted.
            DeactivateOnIdle();
            throw;
        }

        _offset = frame.Offset;
        _channel.Publish(frame);
    }

    /// <summary>Tells gateways of links that are over, and of the oldest where there are too many; each time until they have gone.</summary>
    private void CloseWhatMustGo()
    {
        var closing = _book.Links.Select(held => (Held: held, Code: _closings.CodeOf(held.Link))).Where(one => one.Code is not null).ToArray();
        var beyond = _book.Beyond(userLinks.Value.LinksPerUser).Select(held => (Held: held, Code: (int?)TooManyLinks));
        foreach (var group in closing.Concat(beyond).GroupBy(one => (one.Held.Gateway, one.Code)))
        {
            var frame = new CloseLinks(ChannelName, [.. group.Select(one => one.Held.Link.Id)], Session: null, group.Key.Code!.Value);
            outboxes.TrySend(group.Key.Gateway, frame);
            LogClosed(UserId, frame.LinkIds.Length, frame.Code);
        }
    }

    /// <param name="later">How much later than now the last link may have gone; negative for earlier.</param>
    private void Settle(TimeSpan later = default)
    {
        if (_book.Count > 0)
        {
            StopWaiting();
            if (_online.Here())
                _channel.Tell(new Presence(ChannelName, UserId, Online: true));
            return;
        }

        _online.Gone(later);
        if (_online.DueIn is { } due && _leaving is null)
        {
            // Kept alive, as nobody would be told otherwise.
            _leaving = this.RegisterGrainTimer(
                _ => LeaveAsync(), new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
        }
    }

    private Task LeaveAsync()
    {
        if (_online.Leave())
        {
            StopWaiting();
            _channel.Tell(new Presence(ChannelName, UserId, Online: false));
        }
        else if (_online.DueIn is { } due)
        {
            // A timer may come a moment early.
            _leaving?.Change(due + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }

        return Task.CompletedTask;
    }

    private void StopWaiting()
    {
        _leaving?.Dispose();
        _leaving = null;
    }
}
