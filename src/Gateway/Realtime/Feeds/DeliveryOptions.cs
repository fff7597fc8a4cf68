using System.ComponentModel.DataAnnotations;

namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>How the gateway follows channels and serves its connections: a part of the section <c>JubileeVerse:Realtime</c>.</summary>
internal sealed class DeliveryOptions
{
    /// <summary>How often an attached channel's position is checked. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CheckPeriod { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The check period while a reply is open and no frame arrives, which may mean that the silo has died. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan QuietCheckPeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// When no frame of a channel has arrived for this long and its owner is unreachable, the channel's streams are closed. Default 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan LostAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A channel stays attached for this long after its last subscriber left. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DetachAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A heartbeat is sent on a connection on which nothing has been sent for this long. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:55")]
    public TimeSpan HeartbeatPeriod { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A connection whose client does not read for this long is closed. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
