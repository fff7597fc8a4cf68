using System.Text.Json.Serialization;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Upgrade;

/// <summary>Added: a kind of frame that the old version has never heard of.</summary>
[GenerateSerializer, Immutable, Alias("upgrade.ReplyThought")]
public sealed record ReplyThought(ChannelName Channel, [property: Id(0)] ReplyId ReplyId, [property: Id(1)] string Thought) : ChannelFrame(Channel)
{
    [JsonIgnore]
    public override string Type => "ai-response-thought";
}
