using System.Text.Json.Serialization;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;

namespace JubileeVerse.Realtime;

/// <summary>A person has read up to this message.</summary>
[GenerateSerializer, Immutable, Alias("ReadMarked")]
public sealed record ReadMarked(
    ChannelName Channel, string Epoch, long Offset, UserId UserId, long Seq) : DurableFrame(Channel, Epoch, Offset)
{
    public const string TypeName = "read";

    /// <summary>Which conversation. Null only in what was stored before this was said.</summary>
    [Id(0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConversationId? ConversationId { get; init; }

    [JsonIgnore]
    public override string Type => TypeName;
}
