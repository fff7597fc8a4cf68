using System.Text;
using System.Text.Json;
using JubileeVerse.Gateway.Realtime.Hub;
using JubileeVerse.Realtime;
using Microsoft.AspNetCore.SignalR;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// A frame that many links are sent: its bytes are made once for each way of sending, when the first link needs them. Two links that need them
/// in the same moment may both make them, which is harmless.
/// </summary>
internal sealed class SharedFrame(Frame frame)
{
    private byte[]? _json;
    private byte[]? _packed;
    private byte[]? _sse;
    private SerializedHubMessage? _message;

    public Frame Frame => frame;

    public ReadOnlyMemory<byte> Json => _json ??= JsonSerializer.SerializeToUtf8Bytes(frame, WireJson.Options);

    /// <summary>A server-sent event without its <c>id</c>, which is the link's own. JSON has no raw line breaks, so a frame is one data line.</summary>
    public ReadOnlyMemory<byte> Sse => _sse ??= [.. Encoding.ASCII.GetBytes($"event: {frame.Type}\ndata: "), .. Json.Span, .. "\n\n"u8];

    /// <summary>The frame alone as a call of the hub's client, which keeps its bytes for each protocol: what thousands of links are sent at once.</summary>
    public SerializedHubMessage Message => _message ??= HubFrames.Alone(this);

    /// <summary>The frame in a binary form, made from its JSON, so that both say the same. There is one such form, so one is kept.</summary>
    public ReadOnlyMemory<byte> Packed(Func<ReadOnlyMemory<byte>, byte[]> pack) => _packed ??= pack(Json);
}
