using System.Text.Json.Serialization;
using JubileeVerse.Accounts;

namespace JubileeVerse.Realtime;

/// <summary>A person has read up to this message.</summary>
[GenerateSerializer, Immutable, Alias("ReadMarked")]
public sealed record ReadMarked(
    ChannelName Channel, string Epoch, long Offset, UserId UserId, long Seq) : DurableFrame(Channel, Epoch, Offset)
{
    public const string TypeName = "read";

    [JsonIgnore]
    public override string Type => TypeName;
}
