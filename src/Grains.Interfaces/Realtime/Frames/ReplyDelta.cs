using System.Text.Json.Serialization;
using JubileeVerse.Replies;

namespace JubileeVerse.Realtime.Frames;

/// <summary>More text of a running reply. <c>textOffset</c> is its position in the text of this run, in UTF-16 code units.</summary>
[GenerateSerializer, Immutable, Alias("ReplyDelta")]
public sealed record ReplyDelta(ChannelName Channel, ReplyId ReplyId, long Run, int TextOffset, string Text) : ChannelFrame(Channel)
{
    public const string TypeName = "ai-response-delta";

    [JsonIgnore]
    public override string Type => TypeName;
}
