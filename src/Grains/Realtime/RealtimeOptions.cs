using System.ComponentModel.DataAnnotations;

namespace JubileeVerse.Realtime;

/// <summary>The silo's options in the section <c>JubileeVerse:Realtime</c>.</summary>
public sealed class RealtimeOptions
{
    /// <summary>
    /// Maximum number of frames queued for one gateway; further frames are dropped and the gateway is notified. 100 to 1,000,000;
    /// default 20,000.
    /// </summary>
    [Range(100, 1_000_000)]
    public int OutboxFrames { get; set; } = 20_000;

    /// <summary>Maximum number of frames per batch. 1 to 10,000; default 256.</summary>
    [Range(1, 10_000)]
    public int BatchFrames { get; set; } = 256;

    /// <summary>Estimated bytes per batch; the frame that exceeds the limit is still included. 1 KB to 1 MB; default 64 KB.</summary>
    [Range(1024, 1024 * 1024)]
    public int BatchBytes { get; set; } = 64 * 1024;

    /// <summary>Timeout of one delivery. 100 ms to 1 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan DeliverTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Delay before a delivery is retried. 10 ms to 10 s; default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan DeliverRetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>A gateway that has applied no batch for this long is unreachable. 1 s to 10 min; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan GatewayLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A user stays online for this long after the last connection was closed. 0 to 5 min; default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan PresenceGrace { get; set; } = TimeSpan.FromSeconds(15);
}
