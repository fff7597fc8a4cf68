using System.Text.Json.Serialization;
using JubileeVerse.Replies;

namespace JubileeVerse.Realtime.Frames;

/// <summary>A run of the reply's job began. Its text starts at offset 0.</summary>
[GenerateSerializer, Immutable, Alias("ReplyStarted")]
public sealed record ReplyStarted(ChannelName Channel, ReplyId ReplyId, long Run, int Attempt) : ChannelFrame(Channel)
{
    public const string TypeName = "ai-response-started";

    [JsonIgnore]
    public override string Type => TypeName;
}
