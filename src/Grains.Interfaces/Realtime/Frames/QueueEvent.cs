using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime.Frames;

/// <summary>An event of a queue as a whole: it was paused, resumed or drained.</summary>
[GenerateSerializer, Immutable, Alias("QueueEvent")]
public sealed record QueueEvent(
    ChannelName Channel, string Epoch, long Offset, QueueEventKind Event, DateTimeOffset At) : DurableFrame(Channel, Epoch, Offset)
{
    public const string TypeName = "queue";

    [JsonIgnore]
    public override string Type => TypeName;
}
