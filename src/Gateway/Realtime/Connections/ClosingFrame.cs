using JubileeVerse.Realtime.Frames;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>Creates the last frame of a connection.</summary>
internal static class ClosingFrame
{
    private const int MinReconnectMs = 200;
    private const int MaxReconnectMs = 2000;
    private const int LimitedReconnectMs = 30_000;

    /// <summary>The delay has jitter, so that thousands of clients do not reconnect at the same moment.</summary>
    public static Closing Create(int code) => new(code, CloseCodes.GetReconnectRule(code) switch
    {
        ReconnectRule.Now => Random.Shared.Next(MinReconnectMs, MaxReconnectMs),
        ReconnectRule.AfterDelay => LimitedReconnectMs + Random.Shared.Next(MaxReconnectMs),
        _ => 0,
    })
    {
        Reason = CloseCodes.FindReason(code),
    };
}
