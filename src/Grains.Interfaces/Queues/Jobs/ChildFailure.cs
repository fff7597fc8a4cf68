using System.Text.Json.Serialization;

namespace JubileeVerse.Queues.Jobs;

/// <summary>The effect of a failed child on the parent of a flow.</summary>
[GenerateSerializer, Alias("ChildFailure")]
[JsonConverter(typeof(JsonStringEnumConverter<ChildFailure>))]
public enum ChildFailure
{
    /// <summary>The parent fails at once and is never started; the other children continue.</summary>
    [JsonStringEnumMemberName("fail-parent")]
    FailParent = 0,

    /// <summary>The failed child counts as ended, like a completed one.</summary>
    [JsonStringEnumMemberName("ignore")]
    Ignore = 1,

    /// <summary>The parent is ready at once; the other children continue concurrently.</summary>
    [JsonStringEnumMemberName("continue")]
    Continue = 2,
}
