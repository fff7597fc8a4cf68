using System.Text.Json.Serialization;
using JubileeVerse.Conversations;
using JubileeVerse.Replies;

namespace JubileeVerse.Realtime.Frames;

/// <summary>A reply is complete. The frame contains the whole message.</summary>
[GenerateSerializer, Immutable, Alias("ReplyCompleted")]
public sealed record ReplyCompleted(
    ChannelName Channel, string Epoch, long Offset, ReplyId ReplyId, long Run, Message Message, TokenUsage Usage)
    : DurableFrame(Channel, Epoch, Offset)
{
    public const string TypeName = "ai-response-complete";

    [JsonIgnore]
    public override string Type => TypeName;
}
