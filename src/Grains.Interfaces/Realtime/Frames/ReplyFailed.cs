using System.Text.Json.Serialization;
using JubileeVerse.Replies;

namespace JubileeVerse.Realtime.Frames;

/// <summary>A reply has failed permanently, with no attempts left. Published once.</summary>
[GenerateSerializer, Immutable, Alias("ReplyFailed")]
public sealed record ReplyFailed(
    ChannelName Channel, string Epoch, long Offset, ReplyId ReplyId, string Code, string Text) : DurableFrame(Channel, Epoch, Offset)
{
    public const string TypeName = "ai-response-error";

    [JsonIgnore]
    public override string Type => TypeName;
}
