using System.Collections.Immutable;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Frames.Encoding;

namespace JubileeVerse.Realtime;

/// <summary>The result of attaching a gateway: the position, open replies and retained frames that it needs to be up to date.</summary>
/// <param name="Silo">The run of the silo that sends this channel's frames.</param>
/// <param name="Offset">The offset of the last durable frame.</param>
/// <param name="Replies">A snapshot for each reply that is queued or running, oldest first.</param>
[GenerateSerializer, Immutable, Alias("ChannelAttachment")]
public sealed record ChannelAttachment(string Silo, string Epoch, long Offset, ImmutableArray<ReplySnapshot> Replies)
{
    /// <summary>
    /// Retained frames that the gateway does not have, oldest first; null for a channel whose frames are not retained in the grain.
    /// </summary>
    [Id(0)]
    public FrameList? Frames { get; init; }
}
