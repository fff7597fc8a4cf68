using System.Text.Json.Serialization;

namespace JubileeVerse.Replies;

/// <summary>The status of a reply: queued, generating, then one of three final states.</summary>
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
