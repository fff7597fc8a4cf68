using System.ComponentModel.DataAnnotations;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>How the gateway keeps up with channels and with its connections: its part of the section <c>JubileeVerse:Realtime</c>.</summary>
internal sealed class DeliveryOptions
{
    /// <summary>How often an attached channel's position is checked. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CheckPeriod { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The same while a reply is open and nothing has been heard: a silo that died says nothing. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan QuietCheckPeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// When nothing has been heard of a channel for this long, and its owner does not answer, its streams are closed as lost. Default 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan LostAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A channel stays attached for this long after its last subscriber left. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DetachAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A comment is sent on a stream that has been silent for this long. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:55")]
    public TimeSpan HeartbeatPeriod { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A connection that does not take what it is sent for this long is closed. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
