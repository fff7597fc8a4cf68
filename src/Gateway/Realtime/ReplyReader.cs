using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>What one connection has been told of one reply. All that a connection holds.</summary>
internal sealed class ReplyReader(ReplyCursor? resumeFrom)
{
    /// <summary>The text the client has.</summary>
    public ReplyCursor Cursor { get; set; } = (resumeFrom ?? default) with { HasEnded = false };

    /// <summary>False before the first reading, which may have to bring a snapshot.</summary>
    public bool HasBegun { get; set; }

    /// <summary>True: also a reply of which nothing is known but that it waits is told of.</summary>
    public bool WantsQueued { get; init; }

    public ReplyQueued? Place { get; set; }

    public ReplyRetrying? Retrying { get; set; }

    public long? Beats { get; set; }
}
