using System.ComponentModel.DataAnnotations;

namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>The limits of a connection: a part of the section <c>JubileeVerse:Realtime</c>.</summary>
internal sealed class ClientConnectionOptions
{
    /// <summary>The largest frame that a client may send, in bytes. 1 KB to 1 MB; default 64 KB.</summary>
    [Range(1024, 1024 * 1024)]
    public int InboundFrameBytes { get; set; } = 64 * 1024;

    /// <summary>The number of commands that one connection may send in a second. 1 to 1,000; default 20.</summary>
    [Range(1, 1000)]
    public int CommandsPerSecond { get; set; } = 20;

    /// <summary>The number of channels that one connection may subscribe to. 1 to 10,000; default 100.</summary>
    [Range(1, 10_000)]
    public int ChannelsPerLink { get; set; } = 100;

    /// <summary>
    /// A connection that is more than this many bytes behind, and does not read, is closed as slow. 64 KB to 1 GB; default 1 MB.
    /// </summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int MaxBehindBytes { get; set; } = 1024 * 1024;
}
