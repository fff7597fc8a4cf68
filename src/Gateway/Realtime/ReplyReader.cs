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

    /// <summary>
    /// It was here before the reply's first run, so it is told everything in order, however late it reads: no snapshot, which is for those who come
    /// when the text has begun. Only for one that has nothing to go on from.
    /// </summary>
    public bool IsFromBeginning { get; init; }

    /// <summary>What its client has been promised, for a reader from the beginning of a reply of which nothing was heard here while it waited.</summary>
    public ReplyQueued? FirstPlace { get; init; }

    public ReplyQueued? Place { get; set; }

    public ReplyRetrying? Retrying { get; set; }

    public long? Beats { get; set; }
}
