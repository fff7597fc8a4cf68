using System.ComponentModel.DataAnnotations;

namespace JubileeVerse.Gateway.Realtime.Drain;

/// <summary>How a gateway drains its connections when it is asked to stop: a part of the section <c>JubileeVerse:Realtime</c>.</summary>
public sealed class ConnectionDrainOptions
{
    /// <summary>
    /// Everything is still accepted for this long, because load balancers need time to notice that the gateway drains. 0 to 1 min;
    /// default 3 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan DrainDelay { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Idle connections are closed gradually over this time, so that they do not all reconnect at once. 0 to 5 min; default 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainWindow { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Connections with a running reply may stay open for this long after the window; in its last quarter they are closed gradually, too.
    /// 0 to 5 min; default 15 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainReplies { get; set; } = TimeSpan.FromSeconds(15);
}
