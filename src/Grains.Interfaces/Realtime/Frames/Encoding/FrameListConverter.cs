using System.Collections.Immutable;
using Orleans.Serialization;

namespace JubileeVerse.Realtime.Frames.Encoding;

/// <summary>
/// Serializes each frame separately. Otherwise a single frame of an unknown type would make a whole batch unreadable, and an older gateway
/// would receive nothing from a newer silo.
/// </summary>
[RegisterConverter]
public sealed class FrameListConverter(Serializer serializer) : IConverter<FrameList, FrameListWire>
{
    public FrameListWire ConvertToSurrogate(in FrameList value)
    {
        var frames = ImmutableArray.CreateBuilder<byte[]>(value.Count);
        foreach (var frame in value)
            frames.Add(serializer.SerializeToArray(frame));
        return new FrameListWire(frames.MoveToImmutable());
    }

    public FrameList ConvertFromSurrogate(in FrameListWire surrogate)
    {
        var frames = ImmutableArray.CreateBuilder<ChannelFrame>(surrogate.Frames.Length);
        foreach (var bytes in surrogate.Frames)
        {
            if (Read(bytes) is { } frame)
                frames.Add(frame);
        }

        return new FrameList(frames.ToImmutable(), surrogate.Frames.Length - frames.Count);
    }

    /// <summary>
    /// Null for a frame that this version does not know. A gap in the positions or the text shows later that a frame was skipped.
    /// </summary>
    private ChannelFrame? Read(byte[] bytes)
    {
        try
        {
            return serializer.Deserialize<ChannelFrame>(bytes);
        }
        catch (Exception)
        {
            // The serializer reports unknown types with several exceptions. The count informs the receiver of the list.
            return null;
        }
    }
}
