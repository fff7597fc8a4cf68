using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>Something to be told of a reply.</summary>
/// <param name="Frame">What is told.</param>
/// <param name="Cursor">Where a reader stands after it; null leaves the reader where it was.</param>
internal sealed record ReplyEvent(SharedFrame Frame, ReplyCursor? Cursor)
{
    public static ReplyEvent Of(Frame frame, ReplyCursor? cursor) => new(new SharedFrame(frame), cursor);
}
