using System.Collections.Concurrent;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Sessions.Stores;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>
/// Closes reply streams when the token of their request expires or its session ends. Connections do this for themselves; reply
/// streams are not connections of the <see cref="ConnectionPump"/>, and are therefore checked here.
/// </summary>
internal sealed class ReplyStreamExpiry(UserPresenceFeed presence, ISessionStore sessions, TimeProvider time)
{
    private readonly ConcurrentDictionary<TokenExpiry, byte> _expiries = new();

    /// <summary>Closes the stream when its session ends, at whichever gateway that happens; until the stream is disposed.</summary>
    public void Track(HttpContext http, LiveConnection connection)
    {
        var expiry = TokenExpiry.Create(http, connection, sessions, time);
        _expiries[expiry] = 0;
        connection.OnDisposed(() => _expiries.TryRemove(expiry, out _));
        _ = presence.FollowAsync(connection);
    }

    /// <summary>Called about once a second.</summary>
    public void Check()
    {
        foreach (var (expiry, _) in _expiries)
            expiry.Check();
    }
}
