using System.Text.Json.Serialization;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;

namespace JubileeVerse.Realtime.Frames;

/// <summary>A user has read up to this message.</summary>
[GenerateSerializer, Immutable, Alias("ReadMarked")]
public sealed record ReadMarked(
    ChannelName Channel, string Epoch, long Offset, UserId UserId, long Seq) : DurableFrame(Channel, Epoch, Offset)
{
    public const string TypeName = "read";

    /// <summary>The conversation. Null only in frames that were stored before this property existed.</summary>
    [Id(0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConversationId? ConversationId { get; init; }

    [JsonIgnore]
    public override string Type => TypeName;
}
