using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// Why the server closes a link, in the range that says when to come back: 4000 to 4099 now, 4100 to 4199 after the time, 4200 to 4299 with a
/// new token, 4300 to 4399 never. A client knows the ranges; the numbers are for people.
/// </summary>
internal static class CloseCodes
{
    /// <summary>The gateway stops.</summary>
    public const int Drain = 4000;

    /// <summary>The client did not take what it was sent.</summary>
    public const int Slow = 4001;

    /// <summary>Nothing can be heard of what it listens to.</summary>
    public const int Lost = 4002;

    /// <summary>The browser has signed in anew, and what it had before has ended: it comes back as who it is now.</summary>
    public const int SessionReplaced = 4003;

    /// <summary>Nothing has been heard of the client, not even that it lives.</summary>
    public const int Silent = 4004;

    /// <summary>The person may do less than before: what they may still hear they hear when they come back.</summary>
    public const int RightsLost = 4005;

    /// <summary>Too many commands, also after it was told so.</summary>
    public const int TooManyCommands = 4100;

    /// <summary>The person has more links than they may: the oldest goes.</summary>
    public const int TooManyLinks = 4101;

    /// <summary>The token's time is up, and no new one has come.</summary>
    public const int TokenExpired = 4200;

    /// <summary>Signed out, here or elsewhere.</summary>
    public const int SessionEnded = 4201;

    /// <summary>What it listened to is gone.</summary>
    public const int Gone = FirstForGood;

    /// <summary>An admin has closed it.</summary>
    public const int Kicked = 4301;

    /// <summary>The account is disabled.</summary>
    public const int Banned = 4302;

    /// <summary>It does not speak the protocol.</summary>
    public const int Protocol = 4303;

    private const int FirstAfterTime = 4100;
    private const int FirstWithToken = 4200;
    private const int FirstForGood = 4300;
    private const int MinReconnectMs = 200;
    private const int MaxReconnectMs = 2000;
    private const int LimitedReconnectMs = 30_000;

    /// <summary>Its client shall not come back.</summary>
    public static bool IsForGood(int code) => code >= FirstForGood;

    /// <summary>The last frame of a link. Its jitter is what keeps thousands from coming back as one wave.</summary>
    public static Closing Closing(int code) => new(code, code switch
    {
        < FirstAfterTime => Random.Shared.Next(MinReconnectMs, MaxReconnectMs),
        < FirstWithToken => LimitedReconnectMs + Random.Shared.Next(MaxReconnectMs),
        _ => 0,
    });
}
