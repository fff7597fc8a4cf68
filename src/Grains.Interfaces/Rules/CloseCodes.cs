using System.Collections.Immutable;

namespace JubileeVerse.Rules;

/// <summary>
/// The close codes. <see cref="All"/> lists each with its reason word and <see cref="Ranges"/> states when a client may reconnect. A client
/// needs only the ranges, so a code can be added without a change of clients: code 4006 would mean "reconnect at once" to all of them.
/// </summary>
public static class CloseCodes
{
    /// <summary>The gateway is stopping.</summary>
    public const int Drain = 4000;

    /// <summary>The client did not read what it was sent.</summary>
    public const int Slow = 4001;

    /// <summary>The owner of a subscribed channel or reply is unreachable.</summary>
    public const int Unreachable = 4002;

    /// <summary>The browser has signed in again, which ended its earlier session; it reconnects with the new one.</summary>
    public const int SessionReplaced = 4003;

    /// <summary>The client has sent nothing for too long, not even a ping.</summary>
    public const int Silent = 4004;

    /// <summary>The user has lost a role; after reconnecting they follow only the channels that they still may.</summary>
    public const int RoleRemoved = 4005;

    /// <summary>The client kept sending commands after it had been rate limited.</summary>
    public const int TooManyCommands = 4100;

    /// <summary>The user has more connections than allowed; the oldest is closed.</summary>
    public const int TooManyConnections = 4101;

    /// <summary>The token has expired, and the client has not sent a new one.</summary>
    public const int TokenExpired = 4200;

    /// <summary>The user has signed out of the session, in this or another connection.</summary>
    public const int SessionEnded = 4201;

    /// <summary>The channel or reply that the client followed has been removed.</summary>
    public const int Removed = 4300;

    /// <summary>An administrator has disconnected the user.</summary>
    public const int Kicked = 4301;

    /// <summary>The account is disabled.</summary>
    public const int Banned = 4302;

    /// <summary>The client has violated the protocol.</summary>
    public const int Protocol = 4303;

    public static ImmutableArray<CloseCode> All { get; } =
    [
        new(Drain, "drain"),
        new(Slow, "slow"),
        new(Unreachable, "unreachable"),
        new(SessionReplaced, "session-replaced"),
        new(Silent, "silent"),
        new(RoleRemoved, "role-removed"),
        new(TooManyCommands, "too-many-commands"),
        new(TooManyConnections, "too-many-connections"),
        new(TokenExpired, "token-expired"),
        new(SessionEnded, "session-ended"),
        new(Removed, "removed"),
        new(Kicked, "kicked"),
        new(Banned, "banned"),
        new(Protocol, "protocol"),
    ];

    /// <summary>In ascending order and without gaps.</summary>
    public static ImmutableArray<ReconnectRange> Ranges { get; } =
    [
        new(ReconnectRule.Now, 4000, 4099),
        new(ReconnectRule.AfterDelay, 4100, 4199),
        new(ReconnectRule.WithNewSession, 4200, 4299),
        new(ReconnectRule.Never, 4300, 4399),
    ];

    /// <summary>Null for a code of a later version.</summary>
    public static string? FindReason(int code)
    {
        foreach (var known in All)
        {
            if (known.Number == code)
                return known.Reason;
        }

        return null;
    }

    /// <summary>A number above all ranges is final, because a client that does not know when to return must not return in a loop.</summary>
    public static ReconnectRule GetReconnectRule(int code)
    {
        foreach (var range in Ranges)
        {
            if (code <= range.Last)
                return range.Rule;
        }

        return ReconnectRule.Never;
    }

    /// <summary>True when the client must not reconnect.</summary>
    public static bool IsTerminal(int code) => GetReconnectRule(code) == ReconnectRule.Never;
}
