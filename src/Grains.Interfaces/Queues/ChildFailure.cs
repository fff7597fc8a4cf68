using System.Text.Json.Serialization;

namespace JubileeVerse.Queues;

/// <summary>What the failure of a flow's child means to the parent.</summary>
[GenerateSerializer, Alias("ChildFailure")]
[JsonConverter(typeof(JsonStringEnumConverter<ChildFailure>))]
public enum ChildFailure
{
    /// <summary>The parent fails at once and is never started; the other children go on.</summary>
    [JsonStringEnumMemberName("fail-parent")]
    FailParent = 0,

    /// <summary>The child has ended like any other.</summary>
    [JsonStringEnumMemberName("ignore")]
    Ignore = 1,

    /// <summary>The parent is ready at once; the other children go on beside it.</summary>
    [JsonStringEnumMemberName("continue")]
    Continue = 2,
}
