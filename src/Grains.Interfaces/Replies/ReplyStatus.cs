using System.Text.Json.Serialization;

namespace JubileeVerse.Replies;

/// <summary>Where a reply stands: queued, generating, then one of three ends that never change.</summary>
[GenerateSerializer, Alias("ReplyStatus")]
[JsonConverter(typeof(JsonStringEnumConverter<ReplyStatus>))]
public enum ReplyStatus
{
    [JsonStringEnumMemberName("queued")]
    Queued = 0,

    [JsonStringEnumMemberName("generating")]
    Generating = 1,

    [JsonStringEnumMemberName("completed")]
    Completed = 2,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled = 3,

    [JsonStringEnumMemberName("failed")]
    Failed = 4,
}
