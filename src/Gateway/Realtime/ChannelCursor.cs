using System.Collections.Immutable;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// What one link has been told of one channel: a number into the ring, and a cursor into each running reply. All that a subscription holds.
/// Not thread-safe: the feed holds the lock.
/// </summary>
/// <remarks>
/// Frames come in the ring's order. Text of replies comes after them, in one piece however often it grew; but a frame that ends a reply is
/// preceded by the rest of its text, so that the pieces alone are the whole text too.
/// </remarks>
internal sealed class ChannelCursor
{
    private readonly ChannelName _channel;
    private readonly long _begunAt;
    private long _next;
    private long _bytes;
    private ChannelPosition _told;
    private Dictionary<ReplyId, ReplyTurn>? _replies;

    /// <param name="channel">Which.</param>
    /// <param name="log">The cursor begins at its end.</param>
    /// <param name="resume">The texts that the client has.</param>
    public ChannelCursor(ChannelName channel, ChannelLog log, ImmutableArray<ResumeReply> resume)
    {
        (_channel, _begunAt) = (channel, log.Replies.Stamp);
        (_next, _bytes, _told) = (log.Ring.End, log.Ring.Bytes, log.Position.GetValueOrDefault());
        foreach (var reply in log.Replies.All)
        {
            if (!reply.IsGone)
                (_replies ??= [])[reply.Id] = TurnOf(reply, resume.FirstOrDefault(known => known.ReplyId == reply.Id), isBeginning: reply.Run == 0);
        }
    }

    /// <summary>A reply is running.</summary>
    public bool IsAnswering { get; private set; }

    /// <summary>A reply that it reads is one of which nothing can be heard.</summary>
    public bool IsLost { get; private set; }

    /// <summary>It has been told that nothing more will come.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Adds what is new. False: the burst is full, and there is more.</summary>
    public bool Read(ChannelLog log, FrameBurst burst)
    {
        if (IsOver)
            return true;
        if (_next < log.Ring.First)
            FallBehind(log.Ring, burst);
        for (; _next < log.Ring.End && !IsOver; _next++)
        {
            if (burst.IsFull)
                return false;
            Tell(log.Ring[_next], log.Replies, burst);
        }

        if (IsOver)
        {
            (IsAnswering, IsLost, _replies) = (false, false, null);
            return true;
        }

        return ReadReplies(log.Replies, burst);
    }

    /// <summary>How much it has not been told yet.</summary>
    public long Behind(ChannelLog log) =>
        IsOver ? 0 : log.Ring.Bytes - _bytes + (_replies?.Values.Sum(turn => (long)turn.Reply.Behind(turn.Reader)) ?? 0);

    /// <summary>The ring has moved on without it.</summary>
    private void FallBehind(ChannelRing ring, FrameBurst burst)
    {
        _next = ring.First;
        if (ring.Dropped is not { } dropped || (dropped.Epoch == _told.Epoch && dropped.Offset <= _told.Offset))
            return;
        var gap = dropped.Epoch == _told.Epoch
            ? new Gap(_channel, _told.Offset + 1, dropped.Offset, Gap.HistoryEnded)
            : new Gap(_channel, 1, dropped.Offset, Gap.EpochChanged);
        burst.Add(new SharedFrame(gap), new FramePlace(_channel, dropped));
        _told = dropped;
    }

    private void Tell(in RingEntry entry, ChannelReplies replies, FrameBurst burst)
    {
        var ended = ChannelLog.EndedBy(entry.Frame.Frame);
        var end = ended is null ? (ReplyCursor?)null : new ReplyCursor(0, 0, HasEnded: true);
        if (ended is { } id && TakeEnded(id, entry.Frame.Frame, replies) is { } turn)
            end = TellText(turn, burst);

        burst.Add(entry.Frame, entry.Position is null ? null : new FramePlace(_channel, entry.Position, ended, end));
        _told = entry.Position ?? _told;
        _bytes = entry.BytesBefore + entry.Frame.Json.Length;
        if (entry.Frame.Frame is ConversationChanged { Deleted: true } && _channel.Kind == ChannelKind.Conversation)
        {
            burst.Add(new SharedFrame(new Unsubscribed(_channel, CloseCodes.Gone)), null);
            IsOver = true;
        }

        IsOver |= entry.Frame.Frame is Unsubscribed;
    }

    private bool ReadReplies(ChannelReplies replies, FrameBurst burst)
    {
        (IsAnswering, IsLost) = (false, false);
        foreach (var reply in replies.All)
        {
            if (reply.HasEnded)
                continue;
            if (burst.IsFull)
            {
                IsAnswering = true;
                return false;
            }

            if (_replies is null || !_replies.TryGetValue(reply.Id, out var turn) || turn.Reply != reply)
            {
                if (reply.IsGone)
                    continue;
                turn = (_replies ??= [])[reply.Id] = TurnOf(reply, known: null, HasBegunSince(reply));
            }

            TellText(turn, burst);
        }

        Forget(replies);
        return true;
    }

    /// <summary>All but its end, which is in the ring. Says where the client stands afterwards.</summary>
    private ReplyCursor TellText(ReplyTurn turn, FrameBurst burst)
    {
        var reading = turn.Reply.Read(turn.Reader);
        IsAnswering |= reading.IsRunning;
        IsLost |= reading.IsLost;
        foreach (var item in reading.Events)
        {
            if (item.Cursor is not { HasEnded: true })
                burst.Add(item.Frame, item.Cursor is { } cursor ? new FramePlace(_channel, null, turn.Reply.Id, cursor) : null);
        }

        return turn.Reader.Cursor with { HasEnded = true };
    }

    /// <summary>The reading of a reply that a frame ends, also of one that has come and gone since it read last; null when its text is not to be told.</summary>
    private ReplyTurn? TakeEnded(ReplyId id, Frame end, ChannelReplies replies)
    {
        if (_replies is not null && _replies.TryGetValue(id, out var turn))
            return turn.Reply.HasEnded && _replies.Remove(id) ? turn : null;
        return replies.Find(id) is { } reply && reply.IsEndedBy(end) && HasBegunSince(reply) ? TurnOf(reply, known: null, isBeginning: true) : null;
    }

    /// <summary>Everything of it was heard here since this cursor began, and so belongs to it.</summary>
    private bool HasBegunSince(LiveReply reply) => reply.IsHeardFromBeginning && reply.Stamp > _begunAt;

    private static ReplyTurn TurnOf(LiveReply reply, ResumeReply? known, bool isBeginning)
    {
        var from = known is null ? (ReplyCursor?)null : new ReplyCursor(known.Run, known.TextOffset, HasEnded: false);
        return new ReplyTurn(reply, new ReplyReader(from) { IsOfChannel = true, IsFromBeginning = isBeginning && known is null });
    }

    /// <summary>Those whose end is not to be told any more: it was in a gap, and the client reads anew.</summary>
    private void Forget(ChannelReplies replies)
    {
        if (_replies is null)
            return;
        foreach (var (id, turn) in _replies)
        {
            if (turn.Reply.HasEnded || replies.Find(id) != turn.Reply)
                _replies.Remove(id);
        }

        if (_replies.Count == 0)
            _replies = null;
    }
}
