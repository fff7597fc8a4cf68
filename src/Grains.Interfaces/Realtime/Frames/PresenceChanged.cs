using System.Text.Json.Serialization;
using JubileeVerse.Accounts;

namespace JubileeVerse.Realtime.Frames;

/// <summary>
/// A user went online or offline. It is published once for all connections of the user; offline only after a grace period.
/// </summary>
[GenerateSerializer, Immutable, Alias("Presence")]
public sealed record PresenceChanged(ChannelName Channel, UserId UserId, bool Online) : ChannelFrame(Channel)
{
    public const string TypeName = "presence";

    [JsonIgnore]
    public override string Type => TypeName;
}
