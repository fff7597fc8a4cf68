using System.Text.Json.Serialization;
using JubileeVerse.Conversations;

namespace JubileeVerse.Realtime;

/// <summary>Title, language, archive flag or the like changed, or the conversation is gone.</summary>
[GenerateSerializer, Immutable, Alias("ConversationChanged")]
public sealed record ConversationChanged(
    ChannelName Channel, string Epoch, long Offset, Conversation Conversation, bool Deleted = false) : DurableFrame(Channel, Epoch, Offset)
{
    public const string TypeName = "conversation-updated";

    [JsonIgnore]
    public override string Type => TypeName;
}
