using System.Text.Json.Serialization;
using JubileeVerse.Conversations;
using JubileeVerse.Personas;
using JubileeVerse.Replies;

namespace JubileeVerse.Realtime.Frames;

/// <summary>A reply is waiting in the queue. Position 1 is next; null until the queue has reported it.</summary>
[GenerateSerializer, Immutable, Alias("ReplyQueued")]
public sealed record ReplyQueued(
    ChannelName Channel, ConversationId ConversationId, ReplyId ReplyId, PersonaId PersonaId, int? Position, int? EtaSeconds)
    : ChannelFrame(Channel)
{
    public const string TypeName = "ai-response-queued";

    [JsonIgnore]
    public override string Type => TypeName;
}
