using System.Text;
using System.Text.Json;
using JubileeVerse.Gateway.Realtime.Hub.Encoding;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Frames.Encoding;
using Microsoft.AspNetCore.SignalR;

namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>
/// A frame that is sent to many connections. Its bytes are created once for each format, when the first connection needs them. Two
/// connections that need them at the same moment may both create them, which is harmless.
/// </summary>
internal sealed class SharedFrame(Frame frame)
{
    private byte[]? _json;
    private byte[]? _packed;
    private byte[]? _sse;
    private SerializedHubMessage? _message;

    public Frame Frame => frame;

    public ReadOnlyMemory<byte> Json => _json ??= JsonSerializer.SerializeToUtf8Bytes(frame, WireJson.Options);

    /// <summary>
    /// The frame as a server-sent event without the <c>id</c>, which differs by connection. JSON has no raw line breaks, so a frame is
    /// one data line.
    /// </summary>
    public ReadOnlyMemory<byte> Sse => _sse ??= [.. Encoding.ASCII.GetBytes($"event: {frame.Type}\ndata: "), .. Json.Span, .. "\n\n"u8];

    /// <summary>
    /// The frame as a SignalR invocation with this one frame. The message caches its bytes for each hub protocol, because it may be sent
    /// to thousands of connections.
    /// </summary>
    public SerializedHubMessage Message => _message ??= HubFrames.CreateSingle(this);

    /// <summary>
    /// The frame in a binary format, created from its JSON, so that both have the same content. There is only one binary format, so one
    /// result is cached.
    /// </summary>
    public ReadOnlyMemory<byte> Packed(Func<ReadOnlyMemory<byte>, byte[]> pack) => _packed ??= pack(Json);
}
