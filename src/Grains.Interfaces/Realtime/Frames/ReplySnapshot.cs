using System.Text.Json.Serialization;
using JubileeVerse.Replies;

namespace JubileeVerse.Realtime.Frames;

/// <summary>The whole text of a reply so far. It replaces the text that the client has.</summary>
[GenerateSerializer, Immutable, Alias("ReplySnapshot")]
public sealed record ReplySnapshot(
    ChannelName Channel, ReplyId ReplyId, long Run, int Attempt, string Text, ReplyStatus Status) : ChannelFrame(Channel)
{
    public const string TypeName = "snapshot";

    [JsonIgnore]
    public override string Type => TypeName;
}
