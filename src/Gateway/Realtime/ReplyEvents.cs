using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// What readers are told of one reply. Those who stand at the same place want the same, so it is made once: after a post, and after a gateway has
/// died, thousands may. Not thread-safe: the reply holds the lock.
/// </summary>
internal sealed class ReplyEvents(ChannelName channel, ReplyId id)
{
    private ReplyQueued? _place;
    private ReplyEvent? _queued;
    private ReplyEvent? _started;
    private int _startedAttempt;
    private ReplyEvent? _piece;
    private ReplyCursor _pieceFrom;
    private ReplyEvent? _snapshot;
    private ReplyStatus _snapshotStatus;
    private ReplyEvent? _end;

    public ReplyEvent Queued(ReplyQueued place)
    {
        if (_queued is null || _place != place)
            (_queued, _place) = (ReplyEvent.Of(place, null), place);
        return _queued;
    }

    /// <param name="at">The beginning of the run's text.</param>
    /// <param name="attempt">As people count.</param>
    public ReplyEvent Started(ReplyCursor at, int attempt)
    {
        if (_started is null || _started.Cursor != at || _startedAttempt != attempt)
            (_started, _startedAttempt) = (ReplyEvent.Of(new ReplyStarted(channel, id, at.Run, attempt), at), attempt);
        return _started;
    }

    public ReplyEvent Piece(ReplyCursor from, ReplyCursor to, ReplyText text)
    {
        if (_piece is null || _pieceFrom != from || _piece.Cursor != to)
        {
            var delta = new ReplyDelta(channel, id, from.Run, from.TextOffset, text.Slice(from.TextOffset, to.TextOffset));
            (_piece, _pieceFrom) = (ReplyEvent.Of(delta, to), from);
        }

        return _piece;
    }

    public ReplyEvent Snapshot(ReplyCursor at, int attempt, ReplyStatus status, ReplyText text)
    {
        if (_snapshot is null || _snapshot.Cursor != at || _snapshotStatus != status)
            (_snapshot, _snapshotStatus) = (ReplyEvent.Of(new ReplySnapshot(channel, id, at.Run, attempt, text.Slice(0, at.TextOffset), status), at), status);
        return _snapshot;
    }

    /// <summary>The text of one that has ended: what its end says, where that says it.</summary>
    public ReplyEvent Snapshot(ReplyCursor at, int attempt, DurableFrame end, ReplyText text)
    {
        var (status, whole) = end switch
        {
            ReplyCompleted completed => (ReplyStatus.Completed, completed.Message.Content),
            ReplyCancelled cancelled => (ReplyStatus.Cancelled, cancelled.Text),
            _ => (ReplyStatus.Failed, text.Slice(0, at.TextOffset)),
        };
        return ReplyEvent.Of(new ReplySnapshot(channel, id, at.Run, attempt, whole, status), at);
    }

    public ReplyEvent Ended(DurableFrame end, ReplyCursor at) => _end ??= ReplyEvent.Of(end, at);
}
