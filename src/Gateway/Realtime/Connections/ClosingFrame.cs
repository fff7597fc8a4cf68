using JubileeVerse.Realtime.Frames;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>Creates the last frame of a connection.</summary>
internal static class ClosingFrame
{
    public static Closing Create(int code, ReconnectDelays delays) =>
        new(code, delays.AfterClose(code)) { Reason = CloseCodes.FindReason(code) };
}
