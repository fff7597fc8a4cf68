using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime;

/// <summary>What is told of a queue and its jobs; the table is in <c>docs/queues.md</c>.</summary>
[GenerateSerializer, Alias("QueueEventKind")]
[JsonConverter(typeof(JsonStringEnumConverter<QueueEventKind>))]
public enum QueueEventKind
{
    [JsonStringEnumMemberName("added")]
    Added = 0,

    /// <summary>Granted to a worker.</summary>
    [JsonStringEnumMemberName("active")]
    Active = 1,

    [JsonStringEnumMemberName("progress")]
    Progress = 2,

    [JsonStringEnumMemberName("completed")]
    Completed = 3,

    /// <summary>For good.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed = 4,

    /// <summary>An attempt failed, and another is made.</summary>
    [JsonStringEnumMemberName("retrying")]
    Retrying = 5,

    /// <summary>Its worker was lost: it waits again.</summary>
    [JsonStringEnumMemberName("stalled")]
    Stalled = 6,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled = 7,

    /// <summary>Deleted by hand, before its end.</summary>
    [JsonStringEnumMemberName("removed")]
    Removed = 8,

    /// <summary>Added again while it holds its id or its key: nothing was added.</summary>
    [JsonStringEnumMemberName("duplicated")]
    Duplicated = 9,

    /// <summary>It waits: its delay is over, it was given back unspent, or a person wants it tried again.</summary>
    [JsonStringEnumMemberName("waiting")]
    Waiting = 10,

    /// <summary>It asked to be run later.</summary>
    [JsonStringEnumMemberName("delayed")]
    Delayed = 11,

    /// <summary>Of the queue: nothing waits or runs any more; what is delayed or blocked may come. Said once, until something waits again.</summary>
    [JsonStringEnumMemberName("drained")]
    Drained = 12,

    [JsonStringEnumMemberName("paused")]
    Paused = 13,

    [JsonStringEnumMemberName("resumed")]
    Resumed = 14,
}
