using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime;

/// <summary>
/// A queue's events are told from here on. Whatever was before is not: who has to know how the queue stands asks after this, and asks again
/// whenever it comes once more.
/// </summary>
[GenerateSerializer, Immutable, Alias("QueueBegin")]
public sealed record QueueBegin(ChannelName Channel, string Epoch, long Offset) : DurableFrame(Channel, Epoch, Offset)
{
    public const string TypeName = "queue-begin";

    [JsonIgnore]
    public override string Type => TypeName;
}
