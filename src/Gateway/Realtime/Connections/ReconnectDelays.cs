using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>
/// Draws the delays after which clients reconnect, in milliseconds. They are random, so that the thousands of clients of a gateway that
/// drains or dies do not reconnect at the same moment.
/// </summary>
internal sealed class ReconnectDelays(Random random)
{
    private const int MinCloseMs = 200;
    private const int MaxCloseMs = 2000;
    private const int LimitedMs = 30_000;
    private const int MinRetryMs = 1000;
    private const int MaxRetryMs = 3000;

    /// <summary>The delay after a connection has been closed with this code; 0 when its client must not reconnect by itself.</summary>
    public int AfterClose(int code) => CloseCodes.GetReconnectRule(code) switch
    {
        ReconnectRule.Now => random.Next(MinCloseMs, MaxCloseMs),
        ReconnectRule.AfterDelay => LimitedMs + random.Next(MaxCloseMs),
        _ => 0,
    };

    /// <summary>The delay after an event stream has ended without a closing frame, for example because the gateway has died.</summary>
    public int AfterLostStream() => random.Next(MinRetryMs, MaxRetryMs);
}
