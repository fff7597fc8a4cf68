using System.ComponentModel.DataAnnotations;

namespace JubileeVerse.Realtime;

/// <summary>The silo's part of the section <c>JubileeVerse:Realtime</c>.</summary>
public sealed class RealtimeOptions
{
    /// <summary>Frames that may wait for one gateway; more are dropped, and the gateway is told so. 100 to 1,000,000; default 20,000.</summary>
    [Range(100, 1_000_000)]
    public int OutboxFrames { get; set; } = 20_000;

    /// <summary>Frames of one batch. 1 to 10,000; default 256.</summary>
    [Range(1, 10_000)]
    public int BatchFrames { get; set; } = 256;

    /// <summary>Bytes of one batch, estimated; the frame that passes it is still in. 1 KB to 1 MB; default 64 KB.</summary>
    [Range(1024, 1024 * 1024)]
    public int BatchBytes { get; set; } = 64 * 1024;

    /// <summary>How long one delivery may take. 100 ms to 1 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan DeliverTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Pause before a delivery is repeated. 10 ms to 10 s; default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan DeliverRetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>A gateway that has applied nothing for so long counts as gone. 1 s to 10 min; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan GatewayLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A person whose last link has gone counts as online for so long. 0 to 5 min; default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan PresenceGrace { get; set; } = TimeSpan.FromSeconds(15);
}
