using System.Text.Json.Serialization;

namespace JubileeVerse.Queues;

/// <summary>How the wait between two attempts grows.</summary>
[GenerateSerializer, Alias("BackoffKind")]
[JsonConverter(typeof(JsonStringEnumConverter<BackoffKind>))]
public enum BackoffKind
{
    /// <summary>Doubled with each attempt.</summary>
    [JsonStringEnumMemberName("exponential")]
    Exponential = 0,

    /// <summary>Always the same.</summary>
    [JsonStringEnumMemberName("fixed")]
    Fixed = 1,
}
