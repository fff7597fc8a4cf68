using System.Text.Json.Serialization;
using JubileeVerse.Replies;

namespace JubileeVerse.Realtime;

/// <summary>More text of a running reply, at <c>textOffset</c> UTF-16 code units of this run's text.</summary>
[GenerateSerializer, Immutable, Alias("ReplyDelta")]
public sealed record ReplyDelta(ChannelName Channel, ReplyId ReplyId, long Run, int TextOffset, string Text) : ChannelFrame(Channel)
{
    public const string TypeName = "ai-response-delta";

    [JsonIgnore]
    public override string Type => TypeName;
}
