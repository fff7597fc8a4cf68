using System.Text.Json.Serialization;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;

namespace JubileeVerse.Upgrade;

/// <summary>Added: a type of frame that the old version does not know.</summary>
[GenerateSerializer, Immutable, Alias("upgrade.ReplyThought")]
public sealed record ReplyThought(ChannelName Channel, [property: Id(0)] ReplyId ReplyId, [property: Id(1)] string Thought)
    : ChannelFrame(Channel)
{
    [JsonIgnore]
    public override string Type => "ai-response-thought";
}
