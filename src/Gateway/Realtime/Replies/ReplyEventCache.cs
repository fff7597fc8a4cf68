using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>
/// Creates the events of one reply and caches the latest of each kind, because readers with the same cursor need the same event; after a
/// post, or after another gateway has died, these may be thousands. Not thread-safe: the reply holds the lock.
/// </summary>
internal sealed class ReplyEventCache(ChannelName channel, ReplyId id)
{
    private ReplyQueued? _queued;
    private ReplyEvent? _queuedEvent;
    private ReplyEvent? _started;
    private int _startedAttempt;
    private ReplyEvent? _delta;
    private ReplyCursor _deltaFrom;
    private ReplyEvent? _snapshot;
    private ReplyStatus _snapshotStatus;
    private ReplyEvent? _end;

    public ReplyEvent Queued(ReplyQueued queued)
    {
        if (_queuedEvent is null || _queued != queued)
            (_queuedEvent, _queued) = (ReplyEvent.Create(queued, null), queued);
        return _queuedEvent;
    }

    /// <param name="at">The start of the run's text.</param>
    /// <param name="attempt">Counted from 1.</param>
    public ReplyEvent Started(ReplyCursor at, int attempt)
    {
        if (_started is null || _started.Cursor != at || _startedAttempt != attempt)
            (_started, _startedAttempt) = (ReplyEvent.Create(new ReplyStarted(channel, id, at.Run, attempt), at), attempt);
        return _started;
    }

    public ReplyEvent Delta(ReplyCursor from, ReplyCursor to, ReplyText text)
    {
        if (_delta is null || _deltaFrom != from || _delta.Cursor != to)
        {
            var delta = new ReplyDelta(channel, id, from.Run, from.TextOffset, text.Slice(from.TextOffset, to.TextOffset));
            (_delta, _deltaFrom) = (ReplyEvent.Create(delta, to), from);
        }

        return _delta;
    }

    public ReplyEvent Snapshot(ReplyCursor at, int attempt, ReplyStatus status, ReplyText text)
    {
        if (_snapshot is null || _snapshot.Cursor != at || _snapshotStatus != status)
        {
            var snapshot = new ReplySnapshot(channel, id, at.Run, attempt, text.Slice(0, at.TextOffset), status);
            (_snapshot, _snapshotStatus) = (ReplyEvent.Create(snapshot, at), status);
        }

        return _snapshot;
    }

    /// <summary>Creates the snapshot of an ended reply, with the text of its end frame where that has one.</summary>
    public ReplyEvent Snapshot(ReplyCursor at, int attempt, DurableFrame end, ReplyText text)
    {
        var (status, whole) = end switch
        {
            ReplyCompleted completed => (ReplyStatus.Completed, completed.Message.Content),
            ReplyCancelled cancelled => (ReplyStatus.Cancelled, cancelled.Text),
            _ => (ReplyStatus.Failed, text.Slice(0, at.TextOffset)),
        };
        return ReplyEvent.Create(new ReplySnapshot(channel, id, at.Run, attempt, whole, status), at);
    }

    public ReplyEvent Ended(DurableFrame end, ReplyCursor at) => _end ??= ReplyEvent.Create(end, at);
}
