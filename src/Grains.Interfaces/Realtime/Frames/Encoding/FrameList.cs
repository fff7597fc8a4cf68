using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace JubileeVerse.Realtime.Frames.Encoding;

/// <summary>
/// An ordered list of frames whose types the receiver may not know. Each frame is serialized separately, so that a frame of a later version
/// is skipped and the others are received; see <see cref="FrameListConverter"/>.
/// </summary>
/// <param name="frames">The frames that could be deserialized.</param>
/// <param name="unreadableCount">The number of frames that could not be deserialized.</param>
[Immutable]
[CollectionBuilder(typeof(FrameList), nameof(Create))]
public sealed class FrameList(ImmutableArray<ChannelFrame> frames, int unreadableCount) : IReadOnlyList<ChannelFrame>
{
    /// <summary>Number of frames that this version cannot deserialize; above zero while gateways are older than silos.</summary>
    public int UnreadableCount => unreadableCount;

    public int Count => frames.Length;

    public ChannelFrame this[int index] => frames[index];

    public static FrameList Create(ReadOnlySpan<ChannelFrame> frames) => new([.. frames], unreadableCount: 0);

    public ImmutableArray<ChannelFrame>.Enumerator GetEnumerator() => frames.GetEnumerator();

    IEnumerator<ChannelFrame> IEnumerable<ChannelFrame>.GetEnumerator() => ((IEnumerable<ChannelFrame>)frames).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)frames).GetEnumerator();
}
