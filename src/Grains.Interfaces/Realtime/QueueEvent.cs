using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime;

/// <summary>Something has happened to a watched queue as a whole: it was paused, resumed, or is empty.</summary>
[GenerateSerializer, Immutable, Alias("QueueEvent")]
public sealed record QueueEvent(
    ChannelName Channel, string Epoch, long Offset, QueueEventKind Event, DateTimeOffset At) : DurableFrame(Channel, Epoch, Offset)
{
    public const string TypeName = "queue";

    [JsonIgnore]
    public override string Type => TypeName;
}
