using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>
/// The reasons for which the server closes a connection. The range of a code states when the client may reconnect: 4000 to 4099 at once,
/// 4100 to 4199 after the given delay, 4200 to 4299 with a new token, 4300 to 4399 never. A client needs only the ranges; the single
/// codes are for people.
/// </summary>
internal static class CloseCodes
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
    public const int Removed = FirstTerminal;

    /// <summary>An administrator has disconnected the user.</summary>
    public const int Kicked = 4301;

    /// <summary>The account is disabled.</summary>
    public const int Banned = 4302;

    /// <summary>The client has violated the protocol.</summary>
    public const int Protocol = 4303;

    private const int FirstDelayed = 4100;
    private const int FirstWithToken = 4200;
    private const int FirstTerminal = 4300;
    private const int MinReconnectMs = 200;
    private const int MaxReconnectMs = 2000;
    private const int LimitedReconnectMs = 30_000;

    /// <summary>True when the client must not reconnect.</summary>
    public static bool IsTerminal(int code) => code >= FirstTerminal;

    /// <summary>
    /// Creates the last frame of a connection. The delay has jitter, so that thousands of clients do not reconnect at the same moment.
    /// </summary>
    public static Closing Closing(int code) => new(code, code switch
    {
        < FirstDelayed => Random.Shared.Next(MinReconnectMs, MaxReconnectMs),
        < FirstWithToken => LimitedReconnectMs + Random.Shared.Next(MaxReconnectMs),
        _ => 0,
    });
}
