using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime;

/// <summary>The server has ended a subscription; the link stays.</summary>
/// <param name="Channel">Of which nothing more will come.</param>
/// <param name="Code">Says by its range, as that of <see cref="Closing"/>, whether to subscribe again.</param>
[GenerateSerializer, Immutable, Alias("Unsubscribed")]
public sealed record Unsubscribed(ChannelName Channel, int Code) : ChannelFrame(Channel)
{
    public const string TypeName = "unsubscribed";

    [JsonIgnore]
    public override string Type => TypeName;
}
