using System.Collections.Immutable;

namespace JubileeVerse.Realtime;

/// <summary>A <see cref="FrameList"/> between two processes: each frame serialized by itself.</summary>
[GenerateSerializer, Immutable, Alias("FrameListWire")]
public readonly record struct FrameListWire([property: Id(0)] ImmutableArray<byte[]> Frames);
