using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>What this gateway knows of a reply at one moment. It does not change, also while the reply does.</summary>
internal readonly record struct ReplyState()
{
    /// <summary>0 before the first run.</summary>
    public long Run { get; init; }

    /// <summary>The text of the run as far as it can be sent; it never ends inside a surrogate pair.</summary>
    public ReadOnlyMemory<char> Text { get; init; }

    /// <summary>Counted from 1; 0 while it is unknown.</summary>
    public int Attempt { get; init; }

    public ReplyStatus Status { get; init; } = ReplyStatus.Queued;

    /// <summary>The latest queue position; null while it is unknown.</summary>
    public ReplyQueued? Queued { get; init; }

    /// <summary>The latest retry; null when there was none.</summary>
    public ReplyRetrying? Retrying { get; init; }

    /// <summary>The run after whose failure <see cref="Retrying"/> was announced.</summary>
    public long RetriedRun { get; init; }

    /// <summary>The frame that ended the reply; null while it is open.</summary>
    public DurableFrame? End { get; init; }

    /// <summary>The cursor of a reader that has all of the text.</summary>
    public ReplyCursor TextEnd => new(Run, Text.Length, HasEnded: false);

    public bool IsWaiting => End is null && Run == 0;

    public bool IsRunning => End is null && Run > 0;

    /// <summary>True when a reader that has the text up to the cursor can continue with a delta.</summary>
    public bool CanResumeAt(ReplyCursor cursor) =>
        cursor.Run > 0
        && cursor.Run == Run
        && cursor.TextOffset >= 0
        && cursor.TextOffset <= Text.Length
        && (cursor.TextOffset == 0 || !char.IsHighSurrogate(Text.Span[cursor.TextOffset - 1]));
}
