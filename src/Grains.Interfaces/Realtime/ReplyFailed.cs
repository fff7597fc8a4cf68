using System.Text.Json.Serialization;
using JubileeVerse.Replies;

namespace JubileeVerse.Realtime;

/// <summary>A reply has failed for good: its attempts are gone. Said once.</summary>
[GenerateSerializer, Immutable, Alias("ReplyFailed")]
public sealed record ReplyFailed(
    ChannelName Channel, string Epoch, long Offset, ReplyId ReplyId, string Code, string Text) : DurableFrame(Channel, Epoch, Offset)
{
    public const string TypeName = "ai-response-error";

    [JsonIgnore]
    public override string Type => TypeName;
}
