using System.Text.Json.Serialization;

namespace JubileeVerse.Gateway.Queues;

/// <summary>The order in which jobs are listed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobOrder>))]
internal enum JobOrder
{
    [JsonStringEnumMemberName("newest")]
    Newest = 0,

    [JsonStringEnumMemberName("oldest")]
    Oldest = 1,
}
