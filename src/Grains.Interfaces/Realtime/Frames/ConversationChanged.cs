using System.Text.Json.Serialization;
using JubileeVerse.Conversations;

namespace JubileeVerse.Realtime.Frames;

/// <summary>Properties of a conversation changed, such as its title, or the conversation was deleted.</summary>
[GenerateSerializer, Immutable, Alias("ConversationChanged")]
public sealed record ConversationChanged(
    ChannelName Channel, string Epoch, long Offset, Conversation Conversation, bool Deleted = false) : DurableFrame(Channel, Epoch, Offset)
{
    public const string TypeName = "conversation-updated";

    [JsonIgnore]
    public override string Type => TypeName;
}
