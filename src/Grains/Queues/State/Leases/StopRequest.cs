using System.Text.Json.Serialization;

namespace JubileeVerse.Queues.State.Leases;

/// <summary>The stop request of a run. A higher value overrides a lower one.</summary>
internal enum StopRequest
{
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>
    /// The job is cancelled. Its worker is notified, and the job is not started again however the run ends, unless the run completes.
    /// </summary>
    [JsonStringEnumMemberName("cancel")]
    Cancel,

    /// <summary>As <see cref="Cancel"/>, and the job's row is deleted when the job has ended, whatever its outcome.</summary>
    [JsonStringEnumMemberName("remove")]
    Remove,
}
