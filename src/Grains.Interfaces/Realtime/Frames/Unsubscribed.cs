using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime.Frames;

/// <summary>The server ended a subscription. The connection stays open.</summary>
/// <param name="Channel">The channel, which sends no further frames.</param>
/// <param name="Code">Its range, as in <see cref="Closing"/>, defines whether to subscribe again.</param>
[GenerateSerializer, Immutable, Alias("Unsubscribed")]
public sealed record Unsubscribed(ChannelName Channel, int Code) : ChannelFrame(Channel)
{
    public const string TypeName = "unsubscribed";

    [JsonIgnore]
    public override string Type => TypeName;
}
