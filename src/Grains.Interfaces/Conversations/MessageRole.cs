using System.Text.Json.Serialization;

namespace JubileeVerse.Conversations;

/// <summary>Who wrote a message.</summary>
[GenerateSerializer, Alias("MessageRole")]
[JsonConverter(typeof(JsonStringEnumConverter<MessageRole>))]
public enum MessageRole
{
    [JsonStringEnumMemberName("user")]
    User = 0,

    [JsonStringEnumMemberName("assistant")]
    Assistant = 1,

    [JsonStringEnumMemberName("system")]
    System = 2,
}
