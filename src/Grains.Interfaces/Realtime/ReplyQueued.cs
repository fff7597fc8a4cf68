using System.Text.Json.Serialization;
using JubileeVerse.Conversations;
using JubileeVerse.Personas;
using JubileeVerse.Replies;

namespace JubileeVerse.Realtime;

/// <summary>A reply waits for its turn. Position 1 is next; null where the queue has not said yet.</summary>
[GenerateSerializer, Immutable, Alias("ReplyQueued")]
public sealed record ReplyQueued(
    ChannelName Channel, ConversationId ConversationId, ReplyId ReplyId, PersonaId PersonaId, int? Position, int? EtaSeconds) : ChannelFrame(Channel)
{
    public const string TypeName = "ai-response-queued";

    [JsonIgnore]
    public override string Type => TypeName;
}
