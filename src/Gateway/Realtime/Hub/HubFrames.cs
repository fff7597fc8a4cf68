using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>Frames as calls of the client's one method. Its one argument is a list, of however many.</summary>
internal static class HubFrames
{
    public const string Method = "Receive";

    public static SerializedHubMessage Alone(SharedFrame frame) => new(new InvocationMessage(Method, [new[] { frame }]));

    /// <summary>Written in the link's turn, or while the burst is held: it is read when it is sent.</summary>
    public static InvocationMessage Together(FrameBurst burst) => new(Method, [burst]);
}
