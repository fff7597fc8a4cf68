using System.Text.Json.Serialization;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Realtime.Positions;

/// <summary>
/// The queue's events are published from here on, but not earlier ones. A client that needs the status of the queue requests it after this
/// frame, and again whenever the frame is repeated.
/// </summary>
[GenerateSerializer, Immutable, Alias("QueueBegin")]
public sealed record QueueBegin(ChannelName Channel, string Epoch, long Offset) : DurableFrame(Channel, Epoch, Offset)
{
    public const string TypeName = "queue-begin";

    [JsonIgnore]
    public override string Type => TypeName;
}
