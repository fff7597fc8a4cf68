using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>
/// One reply as this gateway knows it: a single text that all its readers share. A reader holds a cursor, and the channel's feed pulses its
/// connection when there is more. There is no queue that could fill up, so a slow reader delays no other and catches up in one step.
/// <para>The lock is needed because the channel's feed and the connections use the reply on different threads.</para>
/// </summary>
internal sealed class LiveReply(ChannelName channel, ReplyId id, long firstSeenAt)
{
    private readonly Lock _gate = new();
    private readonly ReplyText _text = new();
    private readonly ReplyEventCache _events = new(channel, id);
    private ReplyState _state = new();
    private bool _isMissing;
    private bool _isUnreachable;

    public ReplyId Id => id;

    /// <summary>
    /// The feed's number of applied frames when this reply was first seen. An attachment that was requested earlier cannot know the reply.
    /// </summary>
    public long FirstSeenAt => firstSeenAt;

    /// <summary>
    /// True when the first frame seen of the reply was that it was queued or started, so that earlier subscribers can read all of it in
    /// order.
    /// </summary>
    public bool IsSeenFromStart { get; init; }

    public bool HasEnded
    {
        get
        {
            lock (_gate)
                return _state.End is not null;
        }
    }

    public long Run
    {
        get
        {
            lock (_gate)
                return _state.Run;
        }
    }

    /// <summary>True when the reply has failed; that is the only end that an operator can undo.</summary>
    public bool HasFailed
    {
        get
        {
            lock (_gate)
                return _state.End is ReplyFailed;
        }
    }

    /// <summary>
    /// True when the owner's last attachment did not list the reply as open although its end has not arrived, and may never arrive.
    /// </summary>
    public bool IsMissing
    {
        get
        {
            lock (_gate)
                return _isMissing;
        }
    }

    /// <summary>
    /// True when this frame instance ended the reply. The id is not enough, because a failed reply that is retried becomes another
    /// instance.
    /// </summary>
    public bool IsEndedBy(Frame frame)
    {
        lock (_gate)
            return ReferenceEquals(_state.End, frame);
    }

    /// <summary>True when the reply is not shown to readers that have not seen it before, because it has ended or is missing.</summary>
    public bool IsHiddenFromNewReaders
    {
        get
        {
            lock (_gate)
                return _isMissing || _state.End is not null;
        }
    }

    public void Queue(ReplyQueued queued)
    {
        lock (_gate)
        {
            if (_state is { End: null, Status: ReplyStatus.Queued })
                _state = _state with { Queued = queued };
        }
    }

    public void Start(long run, int attempt)
    {
        lock (_gate)
        {
            if (_state.End is null && ApplyMerge(_text.Start(run)) == TextMergeResult.Applied)
                _state = _state with { Attempt = attempt };
        }
    }

    public TextMergeResult Append(ReplyDelta delta)
    {
        lock (_gate)
        {
            return _state.End is null
                ? ApplyMerge(_text.Append(delta.Run, delta.TextOffset, delta.Text))
                : TextMergeResult.Ignored;
        }
    }

    public void Merge(ReplySnapshot snapshot)
    {
        lock (_gate)
        {
            if (_state.End is not null)
                return;

            (_isMissing, _isUnreachable) = (false, false);
            if (ApplyMerge(_text.Replace(snapshot.Run, snapshot.Text)) == TextMergeResult.Applied)
                _state = _state with { Status = snapshot.Status, Attempt = snapshot.Attempt };
        }
    }

    public void Retry(ReplyRetrying retrying)
    {
        lock (_gate)
        {
            // A frame that arrives late announces an attempt that has already begun.
            if (_state.End is null && retrying.Attempt > _state.Attempt)
                _state = _state with { Retrying = retrying, RetriedRun = _state.Run };
        }
    }

    public void End(DurableFrame end)
    {
        lock (_gate)
        {
            if (_state.End is not null)
                return;
            _isMissing = false;
            CompleteText(end);
            _state = _state with { End = end, Run = _text.Run, Text = _text.Readable };
        }
    }

    /// <summary>Marks a reply that the owner does not list as open: it has ended, and its end frame was lost.</summary>
    public void MarkMissing()
    {
        lock (_gate)
        {
            if (_state.End is null && !_isMissing)
                (_isMissing, _isUnreachable) = (true, false);
        }
    }

    /// <summary>Marks the reply as open.</summary>
    public void MarkOpen()
    {
        lock (_gate)
            (_isMissing, _isUnreachable) = (false, false);
    }

    /// <summary>Marks the reply as unreachable until its owner sends again; readers are closed and must reconnect.</summary>
    public void MarkUnreachable()
    {
        lock (_gate)
        {
            if (_state.End is null)
                _isUnreachable = true;
        }
    }

    /// <summary>Returns the events that the reader has not read yet, and moves the reader forward.</summary>
    public ReplyReadResult Read(ReplyReader reader)
    {
        lock (_gate)
        {
            var diff = ReplyDiff.Between(reader, _state);
            var events = _events.Create(diff, _state);
            reader.MovePast(diff);
            return new ReplyReadResult(
                events,
                HasEnded: _state.End is not null,
                _isMissing,
                IsOwnerUnreachable: _isUnreachable && _state.End is null,
                NeedsQueuePosition: _state is { IsWaiting: true, Queued: null },
                _state.IsRunning);
        }
    }

    /// <summary>The code units that the reader has not read yet.</summary>
    public int UnreadLength(ReplyReader reader)
    {
        lock (_gate)
        {
            var length = _state.Text.Length;
            return length - (reader.Cursor.Run == _state.Run ? Math.Min(reader.Cursor.TextOffset, length) : 0);
        }
    }

    /// <summary>
    /// Completes the text from the end frame, which contains the last part. Readers receive that part as a delta, so that the deltas
    /// alone also add up to the whole text.
    /// </summary>
    private void CompleteText(DurableFrame end)
    {
        var (run, whole) = end switch
        {
            ReplyCompleted completed => (completed.Run, completed.Message.Content),
            ReplyCancelled cancelled => (_text.Run, cancelled.Text),
            _ => (0L, ""),
        };
        if (run > 0 && (run != _text.Run || whole.StartsWith(_text.Slice(0, _text.Length), StringComparison.Ordinal)))
            _text.Replace(run, whole);
    }

    private TextMergeResult ApplyMerge(TextMergeResult merge)
    {
        if (merge == TextMergeResult.Applied)
        {
            (_isMissing, _isUnreachable) = (false, false);
            _state = _state with { Run = _text.Run, Text = _text.Readable, Status = ReplyStatus.Generating };
        }

        return merge;
    }
}
