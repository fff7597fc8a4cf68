using System.Text.Json.Serialization;

namespace JubileeVerse.Queues.Jobs;

/// <summary>How the delay between two attempts grows.</summary>
[GenerateSerializer, Alias("BackoffKind")]
[JsonConverter(typeof(JsonStringEnumConverter<BackoffKind>))]
public enum BackoffKind
{
    /// <summary>The delay doubles with each attempt.</summary>
    [JsonStringEnumMemberName("exponential")]
    Exponential = 0,

    /// <summary>The delay is constant.</summary>
    [JsonStringEnumMemberName("fixed")]
    Fixed = 1,
}
