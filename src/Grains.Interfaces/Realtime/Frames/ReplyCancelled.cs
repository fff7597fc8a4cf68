using System.Text.Json.Serialization;
using JubileeVerse.Replies;

namespace JubileeVerse.Realtime.Frames;

/// <summary>A reply was cancelled. Its text up to then is kept.</summary>
[GenerateSerializer, Immutable, Alias("ReplyCancelled")]
public sealed record ReplyCancelled(
    ChannelName Channel, string Epoch, long Offset, ReplyId ReplyId, string Reason, string Text) : DurableFrame(Channel, Epoch, Offset)
{
    public const string TypeName = "ai-response-cancelled";

    [JsonIgnore]
    public override string Type => TypeName;
}
