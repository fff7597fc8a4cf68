using System.Text.Json.Serialization;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Realtime.Frames;

/// <summary>An event of a job of a queue.</summary>
/// <param name="Channel">The channel of the queue.</param>
/// <param name="Epoch">Identifies a sequence of events without gaps.</param>
/// <param name="Offset">1, 2, 3… in the epoch.</param>
/// <param name="Event">The kind of event.</param>
/// <param name="At">When it happened.</param>
/// <param name="JobId">The job; for a duplicate, the job that existed already.</param>
/// <param name="Name">Null if the queue no longer has the job in memory.</param>
/// <param name="State">The state after the event.</param>
/// <param name="Attempt">Number of attempts, including the running one; null if the queue does not have it in memory.</param>
/// <param name="Position">Rank in the queue, 1 is next; null if the job is not waiting.</param>
/// <param name="ReadyAt">When the delay ends; null unless the job is delayed.</param>
/// <param name="Detail">The failure, or the reported progress.</param>
[GenerateSerializer, Immutable, Alias("QueueJobEvent")]
public sealed record QueueJobEvent(
    ChannelName Channel,
    string Epoch,
    long Offset,
    QueueEventKind Event,
    DateTimeOffset At,
    JobId JobId,
    string? Name,
    JobState State,
    int? Attempt,
    int? Position,
    DateTimeOffset? ReadyAt,
    string? Detail) : DurableFrame(Channel, Epoch, Offset)
{
    public const string TypeName = "queue-job";

    [JsonIgnore]
    public override string Type => TypeName;
}
