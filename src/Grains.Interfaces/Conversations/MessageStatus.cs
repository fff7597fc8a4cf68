using System.Text.Json.Serialization;

namespace JubileeVerse.Conversations;

/// <summary>Whether a message is whole, or what there was of an answer when it was cancelled.</summary>
[GenerateSerializer, Alias("MessageStatus")]
[JsonConverter(typeof(JsonStringEnumConverter<MessageStatus>))]
public enum MessageStatus
{
    [JsonStringEnumMemberName("completed")]
    Completed = 0,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled = 1,
}
