using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Hub.Encoding;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Rules;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>A connection to the hub: it writes frames, closes the socket, and holds the state that hub methods need.</summary>
/// <remarks>
/// It is disposed when its socket is closed and the command that was running at that moment has completed, because that command may still
/// add a subscription, which must be disposed too.
/// </remarks>
internal sealed class HubConnection : ClientConnection
{
    /// <summary>
    /// A client must send something at least this often. SignalR's own timeout is not enough, because it starts only with the client's
    /// first ping.
    /// </summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(60);

    private readonly HubConnectionContext _client;
    private readonly ActivityTrackingTransport _transport;
    private readonly TokenExpiry _expiry;

    /// <summary>The number of holders: the socket is one, and a running command is another.</summary>
    private int _holders = 1;

    public HubConnection(
        HubConnectionContext client,
        ActivityTrackingTransport transport,
        TokenExpiry expiry,
        HubConnectionFactory factory,
        LiveConnection connection)
        : base(connection, factory.Pump, factory.Time)
    {
        _client = client;
        _transport = transport;
        _expiry = expiry;
        Limiter = new CommandLimiter(factory.Options.CommandsPerSecond, factory.Time);
        Subscriptions = factory.Subscriptions.Create(connection.UserId, this, factory.Options.ChannelsPerLink);
    }

    public override IConnectionSubscriptions Subscriptions { get; }

    public CommandLimiter Limiter { get; }

    /// <summary>Returns the connection that <see cref="ChatHubLifetimeManager"/> has started.</summary>
    public static HubConnection From(IFeatureCollection features) =>
        features.Get<HubConnection>() ?? throw new InvalidOperationException("The SignalR connection has no hub connection.");

    /// <summary>Sends a frame before the connection has begun to send those of its subscriptions.</summary>
    public ValueTask SendAsync(Frame frame) => _client.WriteAsync(HubFrames.CreateSingle(new SharedFrame(frame)));

    /// <summary>Keeps the connection undisposed for a command. False when it has been disposed.</summary>
    public bool TryAcquire()
    {
        while (Volatile.Read(ref _holders) is var holders and > 0)
        {
            if (Interlocked.CompareExchange(ref _holders, holders + 1, holders) == holders)
                return true;
        }

        return false;
    }

    public void Release()
    {
        _transport.RecordActivity();
        if (Interlocked.Decrement(ref _holders) == 0)
            base.Dispose();
    }

    /// <summary>Takes the expiry and the session of a token that the client has sent; it belongs to the same user.</summary>
    public void Renew(AuthenticationTicket token)
    {
        _expiry.Renew(token.Properties.ExpiresUtc!.Value);
        Live.SetSession(token.Principal.SessionSubject());
    }

    public override void Tick()
    {
        _expiry.Check();
        if (_transport.InactiveFor >= MaxSilence)
            Live.Close(CloseCodes.Silent);
    }

    /// <summary>Releases the socket's hold; called once, when the socket is closed.</summary>
#pragma warning disable CA2215 // The last holder disposes the base; see Release.
    public override void Dispose() => Release();
#pragma warning restore CA2215

    protected override ValueTask WriteAsync(FrameBurst burst) => burst.Frames.Count == 1
        ? _client.WriteAsync(burst.Frames[0].Frame.Message)
        : _client.WriteAsync(HubFrames.CreateBurst(burst));

    /// <summary>
    /// Both calls end SignalR's read loop, after which it sends its close message and closes the socket gracefully. <c>Abort</c> also
    /// tells SignalR clients not to reconnect.
    /// </summary>
    protected override void Complete(int? code)
    {
        var isTerminal = code is { } closing && CloseCodes.IsTerminal(closing);
        if (isTerminal || _client.Features.Get<IConnectionLifetimeNotificationFeature>() is not { } lifetime)
            _client.Abort();
        else
            lifetime.RequestClose();
    }

    /// <summary>
    /// Resets the socket, because the pipe is full and the client does not read, so that a close message would not be sent.
    /// </summary>
    protected override void Reset()
    {
        if (_client.Features.Get<IConnectionLifetimeFeature>() is { } lifetime)
            lifetime.Abort();
        else
            _client.Abort();
    }
}
