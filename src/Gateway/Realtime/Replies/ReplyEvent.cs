using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>One frame for the readers of a reply.</summary>
/// <param name="Cursor">The reader's cursor after the frame; null leaves it unchanged.</param>
internal sealed record ReplyEvent(SharedFrame Frame, ReplyCursor? Cursor)
{
    public static ReplyEvent Create(Frame frame, ReplyCursor? cursor) => new(new SharedFrame(frame), cursor);
}
