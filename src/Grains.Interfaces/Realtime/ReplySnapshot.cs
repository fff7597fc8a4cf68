using System.Text.Json.Serialization;
using JubileeVerse.Replies;

namespace JubileeVerse.Realtime;

/// <summary>All of a reply's text so far: a client drops what it has of it.</summary>
[GenerateSerializer, Immutable, Alias("ReplySnapshot")]
public sealed record ReplySnapshot(
    ChannelName Channel, ReplyId ReplyId, long Run, int Attempt, string Text, ReplyStatus Status) : ChannelFrame(Channel)
{
    public const string TypeName = "snapshot";

    [JsonIgnore]
    public override string Type => TypeName;
}
