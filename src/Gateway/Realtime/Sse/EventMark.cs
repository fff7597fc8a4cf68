using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Realtime.Positions;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>How far a client has read one channel.</summary>
/// <param name="key">The channel's key; see <see cref="EventCursor.KeyOf"/>.</param>
/// <param name="position">The position of the last durable frame that the client has.</param>
/// <param name="replies">The running replies of which the client has text.</param>
internal sealed class EventMark(ulong key, ChannelPosition position, IEnumerable<ResumeReply> replies)
{
    /// <summary>
    /// The limit for one conversation. Beyond it the oldest replies are removed; the client receives a snapshot of those.
    /// </summary>
    public const int MaxReplies = 8;

    private readonly List<ResumeReply> _replies = [.. replies];

    public ulong Key => key;

    public ChannelPosition Position { get; private set; } = position;

    public IReadOnlyList<ResumeReply> Replies => _replies;

    public void Move(ChannelPosition to) => Position = to;

    public void Move(ReplyId reply, ReplyCursor text)
    {
        _replies.RemoveAll(known => known.ReplyId == reply);
        // Before the first run there is no text.
        if (text.HasEnded || text.Run <= 0)
            return;
        if (_replies.Count == MaxReplies)
            _replies.RemoveAt(0);
        _replies.Add(new ResumeReply(reply, text.Run, text.TextOffset));
    }

    /// <summary>Removes all replies after a gap, because their ends may be among the lost frames.</summary>
    public void ForgetReplies() => _replies.Clear();
}
