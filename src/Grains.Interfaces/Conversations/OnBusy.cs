using System.Text.Json.Serialization;

namespace JubileeVerse.Conversations;

/// <summary>What a post does while a reply of its conversation is still open.</summary>
[GenerateSerializer, Alias("OnBusy")]
[JsonConverter(typeof(JsonStringEnumConverter<OnBusy>))]
public enum OnBusy
{
    [JsonStringEnumMemberName("queue")]
    Queue = 0,

    [JsonStringEnumMemberName("reject")]
    Reject = 1,

    [JsonStringEnumMemberName("interrupt")]
    Interrupt = 2,
}
