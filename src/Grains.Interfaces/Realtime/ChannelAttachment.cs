using System.Collections.Immutable;

namespace JubileeVerse.Realtime;

/// <summary>The answer to a gateway that attached: what it would know had it been there all along.</summary>
/// <param name="Silo">The run of the silo that will send this channel's frames.</param>
/// <param name="Epoch">The channel's epoch.</param>
/// <param name="Offset">The offset of the last durable frame.</param>
/// <param name="Replies">A snapshot for each reply that is queued or running, oldest first.</param>
[GenerateSerializer, Immutable, Alias("ChannelAttachment")]
public sealed record ChannelAttachment(string Silo, string Epoch, long Offset, ImmutableArray<ReplySnapshot> Replies)
{
    /// <summary>Frames that the gateway has not had and that are still there, oldest first; null for a channel of which none are kept here.</summary>
    [Id(0)]
    public FrameList? Frames { get; init; }
}
