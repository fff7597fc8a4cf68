using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime.Frames;

/// <summary>Durable frames are missing and no longer available. The client must reload the subject of the channel over HTTP.</summary>
/// <param name="From">The first missing offset.</param>
/// <param name="To">The last missing offset; later frames follow as usual.</param>
/// <param name="Reason">In kebab case: <c>history-ended</c>, <c>epoch-changed</c>.</param>
[GenerateSerializer, Immutable, Alias("Gap")]
public sealed record Gap(ChannelName Channel, long From, long To, string Reason) : ChannelFrame(Channel)
{
    public const string TypeName = "gap";
    public const string HistoryEnded = "history-ended";
    public const string EpochChanged = "epoch-changed";

    [JsonIgnore]
    public override string Type => TypeName;
}
