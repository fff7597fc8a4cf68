using System.Collections.Immutable;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Positions;
using JubileeVerse.Replies;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Realtime.Subscriptions;

/// <summary>
/// How far one connection has read one channel: a number into the ring, and a cursor into each running reply. A subscription holds nothing
/// else. Not thread-safe: the feed holds the lock.
/// </summary>
/// <remarks>
/// Frames are read in the ring's order. The text of replies follows them, as one delta however often the text grew. A frame that ends a
/// reply is preceded by the rest of the reply's text, so that the deltas alone also add up to the whole text.
/// </remarks>
internal sealed class ChannelCursor
{
    private readonly ChannelName _channel;
    private readonly long _startedAt;
    private long _next;
    private long _bytes;
    private ChannelPosition _lastPosition;
    private Dictionary<ReplyId, FollowedLiveReply>? _replies;

    /// <param name="channel">The channel of the log.</param>
    /// <param name="log">The cursor starts at the end of this log.</param>
    /// <param name="resume">The reply texts that the client already has.</param>
    public ChannelCursor(ChannelName channel, ChannelLog log, ImmutableArray<ResumeReply> resume)
    {
        (_channel, _startedAt) = (channel, log.Replies.AppliedFrames);
        (_next, _bytes, _lastPosition) = (log.Ring.End, log.Ring.Bytes, log.Position.GetValueOrDefault());
        foreach (var reply in log.Replies.All)
        {
            if (!reply.IsHiddenFromNewReaders)
            {
                var known = resume.FirstOrDefault(item => item.ReplyId == reply.Id);
                (_replies ??= [])[reply.Id] = CreateFollowed(reply, known, isFromStart: reply.Run == 0);
            }
        }
    }

    /// <summary>True while a reply of the channel is running.</summary>
    public bool HasRunningReply { get; private set; }

    /// <summary>True while the owner of a reply that the cursor reads is unreachable.</summary>
    public bool IsOwnerUnreachable { get; private set; }

    /// <summary>True once the connection has been sent the frame after which the channel has no more frames.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Adds the frames after the cursor to the burst. False when the burst is full and more frames are left.</summary>
    public bool Read(ChannelLog log, FrameBurst burst)
    {
        if (HasEnded)
            return true;
        if (_next < log.Ring.First)
            SkipDropped(log.Ring, burst);
        for (; _next < log.Ring.End && !HasEnded; _next++)
        {
            if (burst.IsFull)
                return false;
            ReadEntry(log.Ring[_next], log.Replies, burst);
        }

        if (HasEnded)
        {
            (HasRunningReply, IsOwnerUnreachable, _replies) = (false, false, null);
            return true;
        }

        return ReadReplies(log.Replies, burst);
    }

    /// <summary>The bytes of frames and code units of reply text that the cursor has not read.</summary>
    public long UnreadBytes(ChannelLog log) =>
        HasEnded
            ? 0
            : log.Ring.Bytes - _bytes + (_replies?.Values.Sum(followed => (long)followed.Reply.UnreadLength(followed.Reader)) ?? 0);

    /// <summary>
    /// Moves the cursor to the oldest frame of the ring, with a gap for the durable frames that were dropped before it was read.
    /// </summary>
    private void SkipDropped(ChannelRing ring, FrameBurst burst)
    {
        _next = ring.First;
        if (ring.LastDropped is not { } dropped || (dropped.Epoch == _lastPosition.Epoch && dropped.Offset <= _lastPosition.Offset))
            return;
        var gap = dropped.Epoch == _lastPosition.Epoch
            ? new Gap(_channel, _lastPosition.Offset + 1, dropped.Offset, Gap.HistoryEnded)
            : new Gap(_channel, 1, dropped.Offset, Gap.EpochChanged);
        burst.Add(new SharedFrame(gap), new FramePosition(_channel, dropped));
        _lastPosition = dropped;
    }

    private void ReadEntry(in RingEntry entry, ChannelReplies replies, FrameBurst burst)
    {
        var ended = ChannelLog.FindEndedReply(entry.Frame.Frame);
        var end = ended is null ? (ReplyCursor?)null : new ReplyCursor(0, 0, HasEnded: true);
        if (ended is { } id && TakeEnded(id, entry.Frame.Frame, replies) is { } followed)
            end = ReadText(followed, burst);

        burst.Add(entry.Frame, entry.Position is null ? null : new FramePosition(_channel, entry.Position, ended, end));
        _lastPosition = entry.Position ?? _lastPosition;
        _bytes = entry.BytesBefore + entry.Frame.Json.Length;
        if (entry.Frame.Frame is ConversationChanged { Deleted: true } && _channel.Kind == ChannelKind.Conversation)
        {
            burst.Add(new SharedFrame(new Unsubscribed(_channel, CloseCodes.Removed)), null);
            HasEnded = true;
        }

        HasEnded |= entry.Frame.Frame is Unsubscribed;
    }

    private bool ReadReplies(ChannelReplies replies, FrameBurst burst)
    {
        (HasRunningReply, IsOwnerUnreachable) = (false, false);
        foreach (var reply in replies.All)
        {
            if (reply.HasEnded)
                continue;
            if (burst.IsFull)
            {
                HasRunningReply = true;
                return false;
            }

            if (_replies is null || !_replies.TryGetValue(reply.Id, out var followed) || followed.Reply != reply)
            {
                if (reply.IsHiddenFromNewReaders)
                    continue;
                followed = (_replies ??= [])[reply.Id] = CreateFollowed(reply, known: null, HasStartedSince(reply));
            }

            ReadText(followed, burst);
        }

        RemoveEnded(replies);
        return true;
    }

    /// <summary>Adds everything but the reply's end, which is in the ring. Returns the client's cursor after the text.</summary>
    private ReplyCursor ReadText(FollowedLiveReply followed, FrameBurst burst)
    {
        var reading = followed.Reply.Read(followed.Reader);
        HasRunningReply |= reading.IsRunning;
        IsOwnerUnreachable |= reading.IsOwnerUnreachable;
        foreach (var item in reading.Events)
        {
            if (item.Cursor is not { HasEnded: true })
                burst.Add(item.Frame, item.Cursor is { } cursor ? new FramePosition(_channel, null, followed.Reply.Id, cursor) : null);
        }

        return followed.Reader.Cursor with { HasEnded = true };
    }

    /// <summary>
    /// The reader of the reply that a frame ends, also of a reply that began and ended since the last read; null when its text is not sent.
    /// </summary>
    private FollowedLiveReply? TakeEnded(ReplyId id, Frame end, ChannelReplies replies)
    {
        if (_replies is not null && _replies.TryGetValue(id, out var followed))
            return followed.Reply.HasEnded && _replies.Remove(id) ? followed : null;
        return replies.Find(id) is { } reply && reply.IsEndedBy(end) && HasStartedSince(reply)
            ? CreateFollowed(reply, known: null, isFromStart: true)
            : null;
    }

    /// <summary>
    /// True when the gateway received all of the reply after this cursor was created, so that the cursor reads it from the start.
    /// </summary>
    private bool HasStartedSince(LiveReply reply) => reply.IsSeenFromStart && reply.FirstSeenAt > _startedAt;

    private static FollowedLiveReply CreateFollowed(LiveReply reply, ResumeReply? known, bool isFromStart)
    {
        var from = known is null ? (ReplyCursor?)null : new ReplyCursor(known.Run, known.TextOffset, HasEnded: false);
        return new FollowedLiveReply(reply, new ReplyReader(from) { FollowsChannel = true, ReadsFromStart = isFromStart && known is null });
    }

    /// <summary>
    /// Removes the readers of replies whose end fell into a gap: the client reloads the conversation, so the end is not sent.
    /// </summary>
    private void RemoveEnded(ChannelReplies replies)
    {
        if (_replies is null)
            return;
        foreach (var (id, followed) in _replies)
        {
            if (followed.Reply.HasEnded || replies.Find(id) != followed.Reply)
                _replies.Remove(id);
        }

        if (_replies.Count == 0)
            _replies = null;
    }
}
