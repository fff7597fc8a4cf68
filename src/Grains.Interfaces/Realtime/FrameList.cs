using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace JubileeVerse.Realtime;

/// <summary>
/// Frames in order, of kinds that the receiver may not know: each travels by itself, so that one of a later version is skipped
/// and the others arrive. <see cref="FrameListConverter"/> says how.
/// </summary>
/// <param name="frames">What could be read.</param>
/// <param name="unreadCount">How many could not.</param>
[Immutable]
[CollectionBuilder(typeof(FrameList), nameof(Of))]
public sealed class FrameList(ImmutableArray<ChannelFrame> frames, int unreadCount) : IReadOnlyList<ChannelFrame>
{
    /// <summary>Frames that this version cannot read. Above zero while gateways are older than silos.</summary>
    public int UnreadCount => unreadCount;

    public int Count => frames.Length;

    public ChannelFrame this[int index] => frames[index];

    public static FrameList Of(ReadOnlySpan<ChannelFrame> frames) => new([.. frames], unreadCount: 0);

    public ImmutableArray<ChannelFrame>.Enumerator GetEnumerator() => frames.GetEnumerator();

    IEnumerator<ChannelFrame> IEnumerable<ChannelFrame>.GetEnumerator() => ((IEnumerable<ChannelFrame>)frames).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)frames).GetEnumerator();
}
