using System.Text.Json.Serialization;

namespace JubileeVerse.Queues.State;

/// <summary>What is asked of a run besides its work. A higher one stands.</summary>
internal enum StopRequest
{
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The job is cancelled: its worker is told, and however the run ends, unless by completion, the job is not started again.</summary>
    [JsonStringEnumMemberName("cancel")]
    Cancel,

    /// <summary>As <see cref="Cancel"/>, and the job's row goes when it has ended, however it has.</summary>
    [JsonStringEnumMemberName("remove")]
    Remove,
}
