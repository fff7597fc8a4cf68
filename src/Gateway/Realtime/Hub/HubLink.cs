using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Realtime;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>A link of the hub: what its client is sent, how it ends, and what its commands need to know of it.</summary>
/// <remarks>
/// It lives until its socket is closed and the command that was running then has come to its end: a subscription that is being made must have
/// something to be removed from.
/// </remarks>
internal sealed class HubLink : Link
{
    /// <summary>A client says at least this often that it lives; SignalR's own look for it begins with a client's first ping only.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(60);

    private readonly HubConnectionContext _client;
    private readonly HeardTransport _transport;
    private readonly TokenExpiry _expiry;

    /// <summary>Its connection is one, a running command another.</summary>
    private int _holders = 1;

    public HubLink(HubConnectionContext client, HeardTransport transport, TokenExpiry expiry, HubLinks links, LiveConnection connection)
        : base(connection, links.Pump, links.Time)
    {
        _client = client;
        _transport = transport;
        _expiry = expiry;
        Limiter = new CommandLimiter(links.Options.CommandsPerSecond, links.Time);
        Subscriptions = links.Subscriptions.For(connection.UserId, this, links.Options.ChannelsPerLink);
    }

    public override ILinkSubscriptions Subscriptions { get; }

    public CommandLimiter Limiter { get; }

    /// <summary>Of a connection that has been through <see cref="ChatLifetime"/>.</summary>
    public static HubLink Of(IFeatureCollection features) =>
        features.Get<HubLink>() ?? throw new InvalidOperationException("The connection has no link.");

    /// <summary>Sent before anything else; what it hears waits until it has begun.</summary>
    public ValueTask SendAsync(Frame frame) => _client.WriteAsync(HubFrames.Alone(new SharedFrame(frame)));

    /// <summary>A command begins. False: the link is gone.</summary>
    public bool TryHold()
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
        _transport.Hear();
        if (Interlocked.Decrement(ref _holders) == 0)
            base.Dispose();
    }

    /// <summary>Its client has shown a token of the same person.</summary>
    public void Renew(AuthenticationTicket token)
    {
        _expiry.Renew(token.Properties.ExpiresUtc!.Value);
        Connection.BelongTo(token.Principal.SessionSubject());
    }

    public override void Beat()
    {
        _expiry.Check();
        if (_transport.UnheardFor >= MaxSilence)
            Connection.Close(CloseCodes.Silent);
    }

    /// <summary>Called once, when the socket is closed.</summary>
    public override void Dispose() => Release();

    protected override ValueTask WriteAsync(FrameBurst burst) => burst.Frames.Count == 1
        ? _client.WriteAsync(burst.Frames[0].Frame.Message)
        : _client.WriteAsync(HubFrames.Together(burst));

    /// <summary>
    /// Both ways end the hub's reading; then it says that it closes, and the socket closes as sockets do. The one tells clients of SignalR not to
    /// come back.
    /// </summary>
    protected override void End(int code)
    {
        if (CloseCodes.IsForGood(code) || _client.Features.Get<IConnectionLifetimeNotificationFeature>() is not { } lifetime)
            _client.Abort();
        else
            lifetime.RequestClose();
    }

    /// <summary>The pipe is full of what the client does not take, so nothing else would pass: a reset.</summary>
    protected override void Cut()
    {
        if (_client.Features.Get<IConnectionLifetimeFeature>() is { } lifetime)
            lifetime.Abort();
        else
            _client.Abort();
    }
}
