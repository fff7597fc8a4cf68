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

    /// <summary>Returns the events of a difference to the state, in the order in which they are sent.</summary>
    public IReadOnlyList<ReplyEvent> Create(in ReplyDiff diff, in ReplyState state)
    {
        var events = new List<ReplyEvent>(2);
        if (diff.Queued is { } queued)
            events.Add(Queued(queued));
        AddText(diff, state, events);
        if (diff.Retrying is { } retrying)
            events.Add(ReplyEvent.Create(retrying, null));
        if (diff.End is { } end)
            events.Add(_end ??= ReplyEvent.Create(end, diff.To with { HasEnded = true }));
        return events;
    }

    private void AddText(in ReplyDiff diff, in ReplyState state, List<ReplyEvent> events)
    {
        switch (diff.Text)
        {
            case ReplyTextCase.UpToDate:
            case ReplyTextCase.Ahead:
                break;
            case ReplyTextCase.SameRun:
                events.Add(Delta(diff.From, diff.To, state));
                break;
            case ReplyTextCase.FromStart:
            case ReplyTextCase.NewRun:
                var start = diff.To with { TextOffset = 0 };
                events.Add(Started(start, state.Attempt));
                if (diff.To != start)
                    events.Add(Delta(start, diff.To, state));
                break;
            case ReplyTextCase.NothingKnown:
            case ReplyTextCase.Joined:
            case ReplyTextCase.AfterTheEnd:
            case ReplyTextCase.AheadOfTheEnd:
                events.Add(Snapshot(diff.To, state));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(diff), diff.Text, "This case has no events.");
        }
    }

    private ReplyEvent Queued(ReplyQueued queued)
    {
        if (_queuedEvent is null || _queued != queued)
            (_queuedEvent, _queued) = (ReplyEvent.Create(queued, null), queued);
        return _queuedEvent;
    }

    /// <param name="at">The start of the run's text.</param>
    /// <param name="attempt">Counted from 1.</param>
    private ReplyEvent Started(ReplyCursor at, int attempt)
    {
        if (_started is null || _started.Cursor != at || _startedAttempt != attempt)
            (_started, _startedAttempt) = (ReplyEvent.Create(new ReplyStarted(channel, id, at.Run, attempt), at), attempt);
        return _started;
    }

    private ReplyEvent Delta(ReplyCursor from, ReplyCursor to, in ReplyState state)
    {
        if (_delta is null || _deltaFrom != from || _delta.Cursor != to)
        {
            var text = state.Text[from.TextOffset..to.TextOffset].ToString();
            (_delta, _deltaFrom) = (ReplyEvent.Create(new ReplyDelta(channel, id, from.Run, from.TextOffset, text), to), from);
        }

        return _delta;
    }

    /// <summary>The snapshot of an ended reply has the text of its end frame where that has one.</summary>
    private ReplyEvent Snapshot(ReplyCursor at, in ReplyState state)
    {
        var status = state.End switch
        {
            null => state.Status,
            ReplyCompleted => ReplyStatus.Completed,
            ReplyCancelled => ReplyStatus.Cancelled,
            _ => ReplyStatus.Failed,
        };
        if (_snapshot is null || _snapshot.Cursor != at || _snapshotStatus != status)
        {
            var text = state.End switch
            {
                ReplyCompleted completed => completed.Message.Content,
                ReplyCancelled cancelled => cancelled.Text,
                _ => state.Text.ToString(),
            };
            var snapshot = new ReplySnapshot(channel, id, at.Run, state.Attempt, text, status);
            (_snapshot, _snapshotStatus) = (ReplyEvent.Create(snapshot, at), status);
        }

        return _snapshot;
    }
}
