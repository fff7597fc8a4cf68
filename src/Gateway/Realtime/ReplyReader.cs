using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>What one connection has been told of one reply. All that a connection holds.</summary>
internal sealed class ReplyReader(ReplyCursor? resumeFrom)
{
    /// <summary>The text the client has.</summary>
    public ReplyCursor Cursor { get; set; } = (resumeFrom ?? default) with { HasEnded = false };

    /// <summary>False before the first reading, which may have to bring a snapshot.</summary>
    public bool HasBegun { get; set; }

    /// <summary>
    /// It reads the reply for a link that follows the channel: it is told also of one of which nothing is known but that it waits, and of one that
    /// has just ended only the rest. A stream of the reply alone begins after its end with all of it.
    /// </summary>
    public bool IsOfChannel { get; init; }

    public ReplyQueued? Place { get; set; }

    public ReplyRetrying? Retrying { get; set; }

    public long? Beats { get; set; }
}
