using System.Collections.Immutable;

namespace JubileeVerse.Realtime.Frames.Encoding;

/// <summary>The wire format of a <see cref="FrameList"/>: each frame is serialized separately.</summary>
[GenerateSerializer, Immutable, Alias("FrameListWire")]
public readonly record struct FrameListWire([property: Id(0)] ImmutableArray<byte[]> Frames);
