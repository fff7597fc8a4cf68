using System.Collections.Immutable;
using Orleans.Serialization;

namespace JubileeVerse.Realtime;

/// <summary>
/// Puts frames on the wire one by one. In one piece, a single frame of an unknown kind would make a whole batch unreadable, and with it
/// everything that a newer silo has to say to an older gateway.
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

    /// <summary>Null for a frame that this version does not know: a position or a text that does not follow shows what it missed.</summary>
    private ChannelFrame? Read(byte[] bytes)
    {
        try
        {
            return serializer.Deserialize<ChannelFrame>(bytes);
        }
        catch (Exception)
        {
            // Unknown types are told in several ways; the count tells whoever receives the list.
            return null;
        }
    }
}
