using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace JubileeVerse.Gateway.Realtime.Hub.Encoding;

/// <summary>
/// Creates the invocations that carry frames. The client has one method for them, whose only argument is an array of frames.
/// </summary>
internal static class HubFrames
{
    public const string Method = "Receive";

    public static SerializedHubMessage CreateSingle(SharedFrame frame) => new(new InvocationMessage(Method, [new[] { frame }]));

    /// <summary>The burst must not change until the invocation has been written, because it is serialized then.</summary>
    public static InvocationMessage CreateBurst(FrameBurst burst) => new(Method, [burst]);
}
