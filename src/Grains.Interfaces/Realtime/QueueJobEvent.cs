using System.Text.Json.Serialization;
using JubileeVerse.Queues;

namespace JubileeVerse.Realtime;

/// <summary>Something has happened to a job of a watched queue.</summary>
/// <param name="Channel">The queue's.</param>
/// <param name="Epoch">Of the events that follow each other without a hole.</param>
/// <param name="Offset">1, 2, 3… of the epoch.</param>
/// <param name="Event">What.</param>
/// <param name="At">When.</param>
/// <param name="JobId">The job; the one that was there already where it is about a duplicate.</param>
/// <param name="Name">Null for a job that came so long ago that the queue no longer has it at hand.</param>
/// <param name="State">Its state now.</param>
/// <param name="Attempt">Attempts that were made, with the one that runs; null where that is not at hand.</param>
/// <param name="Position">1 is next; null when it does not wait.</param>
/// <param name="ReadyAt">When its delay ends; null unless it is delayed.</param>
/// <param name="Detail">Why it failed, or how far it says it is.</param>
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
