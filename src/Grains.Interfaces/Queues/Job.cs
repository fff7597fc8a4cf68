namespace JubileeVerse.Queues;

/// <summary>A job as it was accepted: what does not change while it lives.</summary>
/// <param name="Id">Unique in its queue.</param>
/// <param name="Queue">Which queue.</param>
/// <param name="Name">What kind of work, for people.</param>
/// <param name="UserId">The fairness key; null shares one.</param>
/// <param name="OrderKey">Jobs with the same one never run together; null where order does not matter.</param>
/// <param name="OrderNumber">Their order among themselves.</param>
/// <param name="Priority">1 (first) to 10.</param>
/// <param name="Weight">The user's share against others', 1 or more.</param>
/// <param name="Payload">At most 64 KB of UTF-8; JSON by custom.</param>
/// <param name="Attempts">How many runs may fail, the first counted.</param>
/// <param name="BackoffMs">Base of the exponential wait between attempts, in milliseconds.</param>
/// <param name="AcceptedAt">Unix milliseconds.</param>
/// <param name="Deadline">Unix milliseconds after which it is not started any more.</param>
[GenerateSerializer, Immutable, Alias("Job")]
public sealed record Job(
    JobId Id,
    string Queue,
    string Name,
    string? UserId,
    string? OrderKey,
    long OrderNumber,
    int Priority,
    int Weight,
    string Payload,
    int Attempts,
    int BackoffMs,
    long AcceptedAt,
    long? Deadline)
{
    public const int MinPriority = 1;
    public const int MaxPriority = 10;
    public const int MaxPayloadBytes = 64 * 1024;
}
