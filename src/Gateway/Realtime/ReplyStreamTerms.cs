using System.Collections.Concurrent;
using JubileeVerse.Gateway.Accounts;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// How long the streams of replies may go on: until the token of their request is over or its session ends, as links do. They are no links, and
/// so are looked at beside them.
/// </summary>
internal sealed class ReplyStreamTerms(UserPresenceFeed people, ISessionStore sessions, TimeProvider time)
{
    private readonly ConcurrentDictionary<TokenExpiry, byte> _terms = new();

    /// <summary>From now until it is gone the connection hears of the end of its session, at whichever gateway that is.</summary>
    public void Hold(HttpContext http, LiveConnection connection)
    {
        var term = TokenExpiry.Of(http, connection, sessions, time);
        _terms[term] = 0;
        connection.WhenGone(() => _terms.TryRemove(term, out _));
        _ = people.FollowAsync(connection);
    }

    /// <summary>Called about once a second.</summary>
    public void Check()
    {
        foreach (var (term, _) in _terms)
            term.Check();
    }
}
