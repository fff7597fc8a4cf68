using System.Text;
using System.Text.Json;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>One server-sent event as bytes, made once for all who are sent it.</summary>
internal sealed class SseEvent
{
    private SseEvent(byte[] bytes) => Bytes = bytes;

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <param name="frame">What is told.</param>
    /// <param name="cursor">Where a reader stands after it; null leaves the reader where it was.</param>
    public static SseEvent Of(Frame frame, ReplyCursor? cursor)
    {
        using var buffer = new MemoryStream();
        if (cursor is { } position)
            buffer.Write(Encoding.ASCII.GetBytes($"id: {position}\n"));
        buffer.Write(Encoding.ASCII.GetBytes($"event: {frame.Type}\ndata: "));
        // JSON has no raw line breaks, so a frame is one data line.
        JsonSerializer.Serialize(buffer, frame, WireJson.Options);
        buffer.Write("\n\n"u8);
        return new SseEvent(buffer.ToArray());
    }
}
