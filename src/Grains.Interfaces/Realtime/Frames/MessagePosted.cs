using System.Text.Json.Serialization;
using JubileeVerse.Conversations;

namespace JubileeVerse.Realtime.Frames;

/// <summary>A user posted a message.</summary>
[GenerateSerializer, Immutable, Alias("MessagePosted")]
public sealed record MessagePosted(
    ChannelName Channel, string Epoch, long Offset, Message Message) : DurableFrame(Channel, Epoch, Offset)
{
    public const string TypeName = "new-message";

    [JsonIgnore]
    public override string Type => TypeName;
}
