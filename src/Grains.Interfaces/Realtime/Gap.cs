using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime;

/// <summary>Durable frames were lost and cannot be had any more: a client reads the channel's subject anew over HTTP.</summary>
/// <param name="Channel">Where.</param>
/// <param name="From">The first offset that is missing.</param>
/// <param name="To">The last one; what follows is told as ever.</param>
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
