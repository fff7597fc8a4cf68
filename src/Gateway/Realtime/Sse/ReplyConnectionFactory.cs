using System.Collections.Immutable;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Gateway.Sessions.Stores;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>Creates the connection of a request for the stream of replies.</summary>
internal sealed class ReplyConnectionFactory(
    LiveConnections connections,
    ChannelFeeds feeds,
    ReplyFinder finder,
    UserPresenceFeed presence,
    ConnectionPump pump,
    ISessionStore sessions,
    IOptions<DeliveryOptions> delivery,
    TimeProvider time,
    ILogger<ReplySubscription> logger)
{
    public ChannelFeeds Feeds => feeds;

    public ReplyFinder Finder => finder;

    public ConnectionPump Pump => pump;

    public TimeProvider Time => time;

    public TimeSpan HeartbeatPeriod => delivery.Value.HeartbeatPeriod;

    public ILogger Logger => logger;

    public ReplyConnection Create(HttpContext http, ImmutableArray<StreamedReply> replies)
    {
        var live = connections.Add(http.User.UserId(), http.RequestAborted, session: http.User.SessionSubject());
        // The gateway receives the end of the user's sessions while it follows the user's channel.
        _ = presence.FollowAsync(live);
        var connection = new ReplyConnection(http, replies, TokenExpiry.Create(http, live, sessions, time), this, live);
        // It is disposed after the response's last byte, so that a drain also waits for the response of the last connection.
        http.Response.RegisterForDispose(connection);
        return connection;
    }
}
