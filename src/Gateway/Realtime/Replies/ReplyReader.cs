using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>How far one connection has read one reply. A connection holds nothing else of a reply.</summary>
internal sealed class ReplyReader(ReplyCursor? resumeFrom)
{
    /// <summary>The text that the client has.</summary>
    public ReplyCursor Cursor { get; private set; } = (resumeFrom ?? default) with { HasEnded = false };

    /// <summary>False before the first read, which may have to return a snapshot.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>
    /// True when the connection follows the whole channel. Such a reader also receives a snapshot of a reply of which nothing is known
    /// but that it waits, and of a reply that has just ended only the rest. A reply stream that starts after the reply's end receives all
    /// of it.
    /// </summary>
    public bool FollowsChannel { get; init; }

    /// <summary>
    /// True when the reader existed before the reply's first run. It receives everything in order, however late it reads, and no
    /// snapshot, which is for readers that arrive after the text has begun. Only for a reader without a cursor to resume from.
    /// </summary>
    public bool ReadsFromStart { get; init; }

    /// <summary>
    /// The queue position that the client got from the post, for a reply whose queue position this gateway has not received.
    /// </summary>
    public ReplyQueued? FirstQueued { get; init; }

    /// <summary>The last queue position that the client has received.</summary>
    public ReplyQueued? Queued { get; private set; }

    /// <summary>The last retry that the client has received.</summary>
    public ReplyRetrying? Retrying { get; private set; }

    /// <summary>Moves the reader past what it is sent.</summary>
    public void MovePast(in ReplyDiff diff)
    {
        (HasStarted, Cursor) = (true, diff.To);
        Queued = diff.Queued ?? Queued;
        Retrying = diff.Retrying ?? Retrying;
    }
}
