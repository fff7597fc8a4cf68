using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime.Frames;

/// <summary>The kind of an event of a queue or a job; see the table in <c>docs/queues.md</c>.</summary>
[GenerateSerializer, Alias("QueueEventKind")]
[JsonConverter(typeof(JsonStringEnumConverter<QueueEventKind>))]
public enum QueueEventKind
{
    [JsonStringEnumMemberName("added")]
    Added = 0,

    /// <summary>The job was granted to a worker.</summary>
    [JsonStringEnumMemberName("active")]
    Active = 1,

    [JsonStringEnumMemberName("progress")]
    Progress = 2,

    [JsonStringEnumMemberName("completed")]
    Completed = 3,

    /// <summary>The job failed permanently.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed = 4,

    /// <summary>An attempt failed and will be retried.</summary>
    [JsonStringEnumMemberName("retrying")]
    Retrying = 5,

    /// <summary>The job's worker died or disappeared; the job is waiting again.</summary>
    [JsonStringEnumMemberName("stalled")]
    Stalled = 6,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled = 7,

    /// <summary>The job was deleted by an operator before its end.</summary>
    [JsonStringEnumMemberName("removed")]
    Removed = 8,

    /// <summary>A job with the same id or key was added; nothing was stored.</summary>
    [JsonStringEnumMemberName("duplicated")]
    Duplicated = 9,

    /// <summary>
    /// The job is waiting, because its delay ended, a worker returned it without counting an attempt, or an operator retried it.
    /// </summary>
    [JsonStringEnumMemberName("waiting")]
    Waiting = 10,

    /// <summary>The job was snoozed by its processor.</summary>
    [JsonStringEnumMemberName("delayed")]
    Delayed = 11,

    /// <summary>
    /// The queue has no waiting or active jobs, though it may have delayed or blocked ones. Published once, until a job is waiting again.
    /// </summary>
    [JsonStringEnumMemberName("drained")]
    Drained = 12,

    [JsonStringEnumMemberName("paused")]
    Paused = 13,

    [JsonStringEnumMemberName("resumed")]
    Resumed = 14,
}
