using System.Text.Json.Serialization;

namespace JubileeVerse.Conversations;

/// <summary>Whether a message is complete or the partial text of a cancelled reply.</summary>
[GenerateSerializer, Alias("MessageStatus")]
[JsonConverter(typeof(JsonStringEnumConverter<MessageStatus>))]
public enum MessageStatus
{
    [JsonStringEnumMemberName("completed")]
    Completed = 0,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled = 1,
}
