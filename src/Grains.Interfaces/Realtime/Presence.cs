using System.Text.Json.Serialization;
using JubileeVerse.Accounts;

namespace JubileeVerse.Realtime;

/// <summary>A person has come or gone: said once for all their links, and only when they stay away.</summary>
[GenerateSerializer, Immutable, Alias("Presence")]
public sealed record Presence(ChannelName Channel, UserId UserId, bool Online) : ChannelFrame(Channel)
{
    public const string TypeName = "presence";

    [JsonIgnore]
    public override string Type => TypeName;
}
