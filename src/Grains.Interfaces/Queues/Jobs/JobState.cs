using System.Text.Json.Serialization;

namespace JubileeVerse.Queues.Jobs;

/// <summary>The state of a job. Its transitions are listed in <c>docs/queues.md</c>.</summary>
[GenerateSerializer, Alias("JobState")]
[JsonConverter(typeof(JsonStringEnumConverter<JobState>))]
public enum JobState
{
    [JsonStringEnumMemberName("waiting")]
    Waiting = 0,

    [JsonStringEnumMemberName("delayed")]
    Delayed = 1,

    [JsonStringEnumMemberName("active")]
    Active = 2,

    [JsonStringEnumMemberName("completed")]
    Completed = 3,

    [JsonStringEnumMemberName("failed")]
    Failed = 4,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled = 5,

    /// <summary>The job waits for its children to end.</summary>
    [JsonStringEnumMemberName("blocked")]
    Blocked = 6,
}
