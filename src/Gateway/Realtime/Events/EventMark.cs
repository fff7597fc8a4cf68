using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime.Events;

/// <summary>Where a client stands in one channel.</summary>
/// <param name="key">Of the channel: <see cref="EventCursor.KeyOf"/>.</param>
/// <param name="position">Of the last durable frame that it has.</param>
/// <param name="replies">Running replies of which it has text.</param>
internal sealed class EventMark(ulong key, ChannelPosition position, IEnumerable<ResumeReply> replies)
{
    /// <summary>Of one conversation. Of those that are too many the oldest are forgotten: they are told by a snapshot.</summary>
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

    /// <summary>Ends of replies may be among what is lost.</summary>
    public void ForgetReplies() => _replies.Clear();
}
