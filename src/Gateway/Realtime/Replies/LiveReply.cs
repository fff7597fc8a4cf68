using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>
/// One reply as this gateway knows it: a single text that all its readers share. A reader holds a cursor and is woken when there is more.
/// There is no queue that could fill up, so a slow reader delays no other and catches up in one step.
/// <para>The lock is needed because the channel's feed and the connections use the reply on different threads.</para>
/// </summary>
internal sealed class LiveReply(ChannelName channel, ReplyId id, long firstSeenAt)
{
    private readonly Lock _gate = new();
    private readonly ReplyText _text = new();
    private readonly ReplyEventCache _events = new(channel, id);
    private TaskCompletionSource? _changed;
    private ReplyStatus _status = ReplyStatus.Queued;
    private int _attempt;
    private ReplyQueued? _queued;
    private ReplyRetrying? _retrying;
    private long _retriedRun;
    private DurableFrame? _end;
    private bool _isMissing;
    private bool _isUnreachable;
    private long _heartbeats;

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
                return _end is not null;
        }
    }

    public long Run
    {
        get
        {
            lock (_gate)
                return _text.Run;
        }
    }

    /// <summary>True when the reply has failed; that is the only end that an operator can undo.</summary>
    public bool HasFailed
    {
        get
        {
            lock (_gate)
                return _end is ReplyFailed;
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
            return ReferenceEquals(_end, frame);
    }

    /// <summary>True when the reply is not shown to readers that have not seen it before, because it has ended or is missing.</summary>
    public bool IsHiddenFromNewReaders
    {
        get
        {
            lock (_gate)
                return _isMissing || _end is not null;
        }
    }

    /// <summary>Completes with the next change. A reader must take it before it reads, or it misses a change in between.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
                return (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public void Queue(ReplyQueued queued)
    {
        lock (_gate)
        {
            if (_end is not null || _status != ReplyStatus.Queued)
                return;
            _queued = queued;
            Pulse();
        }
    }

    public void Start(long run, int attempt)
    {
        lock (_gate)
        {
            if (_end is null && ApplyMerge(_text.Start(run)) == TextMergeResult.Applied)
                _attempt = attempt;
        }
    }

    public TextMergeResult Append(ReplyDelta delta)
    {
        lock (_gate)
            return _end is null ? ApplyMerge(_text.Append(delta.Run, delta.TextOffset, delta.Text)) : TextMergeResult.Ignored;
    }

    public void Merge(ReplySnapshot snapshot)
    {
        lock (_gate)
        {
            if (_end is not null)
                return;

            (_isMissing, _isUnreachable) = (false, false);
            if (ApplyMerge(_text.Replace(snapshot.Run, snapshot.Text)) == TextMergeResult.Applied)
                (_status, _attempt) = (snapshot.Status, snapshot.Attempt);
        }
    }

    public void Retry(ReplyRetrying retrying)
    {
        lock (_gate)
        {
            // A frame that arrives late announces an attempt that has already begun.
            if (_end is not null || retrying.Attempt <= _attempt)
                return;
            (_retrying, _retriedRun) = (retrying, _text.Run);
            Pulse();
        }
    }

    public void End(DurableFrame end)
    {
        lock (_gate)
        {
            if (_end is not null)
                return;
            _end = end;
            _isMissing = false;
            CompleteText();
            Pulse();
        }
    }

    /// <summary>Marks a reply that the owner does not list as open: it has ended, and its end frame was lost.</summary>
    public void MarkMissing()
    {
        lock (_gate)
        {
            if (_end is not null || _isMissing)
                return;
            (_isMissing, _isUnreachable) = (true, false);
            Pulse();
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
            if (_end is not null || _isUnreachable)
                return;
            _isUnreachable = true;
            Pulse();
        }
    }

    /// <summary>Wakes readers that have nothing new, so that they send a heartbeat to their clients.</summary>
    public void Heartbeat()
    {
        lock (_gate)
        {
            _heartbeats++;
            Pulse();
        }
    }

    /// <summary>Returns the events that the reader has not read yet, and moves the reader forward.</summary>
    public ReplyReadResult Read(ReplyReader reader)
    {
        lock (_gate)
        {
            var events = new List<ReplyEvent>(2);
            ReadQueued(reader, events);
            ReadText(reader, events);
            ReadRetrying(reader, events);
            if (_end is not null)
                events.Add(_events.Ended(_end, new ReplyCursor(_text.Run, _text.ReadableLength, HasEnded: true)));

            var isHeartbeat = reader.Heartbeats is { } seen && seen != _heartbeats && events.Count == 0;
            reader.Heartbeats = _heartbeats;
            var needsQueuePosition = _end is null && _queued is null && _text.Run == 0;
            var isRunning = _end is null && _text.Run > 0;
            return new ReplyReadResult(
                events, _end is not null, _isMissing, _isUnreachable && _end is null, isHeartbeat, needsQueuePosition, isRunning);
        }
    }

    /// <summary>The code units that the reader has not read yet.</summary>
    public int UnreadLength(ReplyReader reader)
    {
        lock (_gate)
            return _text.ReadableLength - (reader.Cursor.Run == _text.Run ? Math.Min(reader.Cursor.TextOffset, _text.ReadableLength) : 0);
    }

    /// <summary>
    /// Adds the queue position while the reply waits. A reader from the start receives it once also when the reply has started or ended
    /// before its first read.
    /// </summary>
    private void ReadQueued(ReplyReader reader, List<ReplyEvent> events)
    {
        var readsFromStart = reader is { ReadsFromStart: true, HasStarted: false };
        var queued = _queued ?? (readsFromStart ? reader.FirstQueued : null);
        var isWaiting = _end is null && _text.Run == 0;
        if (queued is not null && queued != reader.Queued && (isWaiting || readsFromStart))
            events.Add(_events.Queued(queued));
        reader.Queued = queued ?? reader.Queued;
    }

    private void ReadText(ReplyReader reader, List<ReplyEvent> events)
    {
        var end = new ReplyCursor(_text.Run, _text.ReadableLength, HasEnded: false);
        var isFirst = !reader.HasStarted;
        reader.HasStarted = true;
        var from = reader.Cursor;
        var canResume = from.Run > 0 && _text.CanResumeAt(from.Run, from.TextOffset);
        var isAhead = from.Run > end.Run || (from.Run == end.Run && from.TextOffset > end.TextOffset);
        if (isAhead && _end is null)
            return; // The client has received text from another gateway that has not arrived here yet, and must not be set back.
        if (isFirst && reader.ReadsFromStart && end.Run > 0)
            AddRestart(end, events);
        else if (isAhead || (isFirst && _end is not null && !(canResume && reader.FollowsChannel) && !reader.ReadsFromStart))
            events.Add(Snapshot(end));
        else if (from == end && isFirst && reader.FollowsChannel && end.Run == 0 && _queued is null && _end is null)
            events.Add(Snapshot(end));
        else if (from == end)
            return;
        else if (canResume)
            events.Add(_events.Delta(from, end, _text));
        else if (isFirst)
            events.Add(Snapshot(end));
        else
            AddRestart(end, events);
        reader.Cursor = end;
    }

    /// <summary>
    /// Adds the retry after the failed run's text, until the next run begins; not for a reader that knows the next run from another
    /// gateway.
    /// </summary>
    private void ReadRetrying(ReplyReader reader, List<ReplyEvent> events)
    {
        if (_end is not null || _retrying is null || _retriedRun != _text.Run)
            return;
        if (reader.Retrying == _retrying || reader.Cursor.Run > _text.Run)
            return;
        events.Add(ReplyEvent.Create(_retrying, null));
        reader.Retrying = _retrying;
    }

    /// <summary>Adds the start of the run and then its text, because the run began while the reader followed the reply.</summary>
    private void AddRestart(ReplyCursor end, List<ReplyEvent> events)
    {
        var start = end with { TextOffset = 0 };
        events.Add(_events.Started(start, _attempt));
        if (end != start)
            events.Add(_events.Delta(start, end, _text));
    }

    private ReplyEvent Snapshot(ReplyCursor at) => _end is null
        ? _events.Snapshot(at, _attempt, _status, _text)
        : _events.Snapshot(at, _attempt, _end, _text);

    /// <summary>
    /// Completes the text from the end frame, which contains the last part. Readers receive that part as a delta, so that the deltas
    /// alone also add up to the whole text.
    /// </summary>
    private void CompleteText()
    {
        var (run, whole) = _end switch
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
            _status = ReplyStatus.Generating;
            (_isMissing, _isUnreachable) = (false, false);
            Pulse();
        }

        return merge;
    }

    private void Pulse()
    {
        _changed?.TrySetResult();
        _changed = null;
    }
}
