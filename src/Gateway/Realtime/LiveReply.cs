using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// One reply as this gateway knows it: a single text that all its readers share. A reader holds a cursor and is woken when
/// there is more; there is no queue to fill up, so a slow one delays nobody and catches up in one step.
/// <para>Fed by its channel's feed, read by connections, each on their own threads: hence the lock.</para>
/// </summary>
internal sealed class LiveReply(ChannelName channel, ReplyId id, long stamp)
{
    private readonly Lock _gate = new();
    private readonly ReplyText _text = new();
    private readonly ReplyEvents _events = new(channel, id);
    private TaskCompletionSource? _changed;
    private ReplyStatus _status = ReplyStatus.Queued;
    private int _attempt;
    private ReplyQueued? _place;
    private ReplyRetrying? _retrying;
    private long _retriedRun;
    private DurableFrame? _end;
    private bool _isMissing;
    private bool _isLost;
    private long _beats;

    public ReplyId Id => id;

    /// <summary>The feed's count of frames when this reply was first heard of: an attachment that was asked for earlier cannot know it.</summary>
    public long Stamp => stamp;

    /// <summary>It was first heard of when it was queued or started, and not found under way: whoever listened then can be told all of it in order.</summary>
    public bool IsHeardFromBeginning { get; init; }

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

    /// <summary>True when its end was failure, the one end that an operator can undo.</summary>
    public bool HasFailed
    {
        get
        {
            lock (_gate)
                return _end is ReplyFailed;
        }
    }

    /// <summary>The channel's owner did not know it as open when it was last asked: its end has not come here, and may never.</summary>
    public bool IsMissing
    {
        get
        {
            lock (_gate)
                return _isMissing;
        }
    }

    /// <summary>That very frame is its end: one that is tried again after it had failed is another reply here.</summary>
    public bool IsEndedBy(Frame frame)
    {
        lock (_gate)
            return ReferenceEquals(_end, frame);
    }

    /// <summary>Not to be told of to anybody who has not heard of it.</summary>
    public bool IsGone
    {
        get
        {
            lock (_gate)
                return _isMissing || _end is not null;
        }
    }

    /// <summary>The next change. Take it before reading, or a change in between is missed.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
                return (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public void Queue(ReplyQueued place)
    {
        lock (_gate)
        {
            if (_end is not null || _status != ReplyStatus.Queued)
                return;
            _place = place;
            Pulse();
        }
    }

    public void Start(long run, int attempt)
    {
        lock (_gate)
        {
            if (_end is null && Settle(_text.Start(run)) == TextMerge.Applied)
                _attempt = attempt;
        }
    }

    public TextMerge Append(ReplyDelta delta)
    {
        lock (_gate)
            return _end is null ? Settle(_text.Append(delta.Run, delta.TextOffset, delta.Text)) : TextMerge.Ignored;
    }

    public void Merge(ReplySnapshot snapshot)
    {
        lock (_gate)
        {
            if (_end is not null)
                return;

            (_isMissing, _isLost) = (false, false);
            if (Settle(_text.Replace(snapshot.Run, snapshot.Text)) == TextMerge.Applied)
                (_status, _attempt) = (snapshot.Status, snapshot.Attempt);
        }
    }

    public void Retry(ReplyRetrying retrying)
    {
        lock (_gate)
        {
            // One that comes late speaks of an attempt that has begun.
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
            FillUp();
            Pulse();
        }
    }

    /// <summary>The channel's owner does not know it as open: it has ended, and the frame that said so was lost.</summary>
    public void Miss()
    {
        lock (_gate)
        {
            if (_end is not null || _isMissing)
                return;
            (_isMissing, _isLost) = (true, false);
            Pulse();
        }
    }

    /// <summary>It is open after all.</summary>
    public void Find()
    {
        lock (_gate)
            (_isMissing, _isLost) = (false, false);
    }

    /// <summary>Nothing can be heard of it for now: readers are told to come back, until there is word again.</summary>
    public void Lose()
    {
        lock (_gate)
        {
            if (_end is not null || _isLost)
                return;
            _isLost = true;
            Pulse();
        }
    }

    /// <summary>Wakes readers that have nothing new, so that they say so to their clients.</summary>
    public void Beat()
    {
        lock (_gate)
        {
            _beats++;
            Pulse();
        }
    }

    /// <summary>What a reader has not been told yet; moves the reader on.</summary>
    public ReplyReading Read(ReplyReader reader)
    {
        lock (_gate)
        {
            var events = new List<ReplyEvent>(2);
            ReadPlace(reader, events);
            ReadText(reader, events);
            ReadRetrying(reader, events);
            if (_end is not null)
                events.Add(_events.Ended(_end, new ReplyCursor(_text.Run, _text.ReadableLength, HasEnded: true)));

            var isBeat = reader.Beats is { } seen && seen != _beats && events.Count == 0;
            reader.Beats = _beats;
            var needsPlace = _end is null && _place is null && _text.Run == 0;
            return new ReplyReading(events, _end is not null, _isMissing, _isLost && _end is null, isBeat, needsPlace, IsRunning: _end is null && _text.Run > 0);
        }
    }

    /// <summary>Code units that a reader has not been told yet.</summary>
    public int Behind(ReplyReader reader)
    {
        lock (_gate)
            return _text.ReadableLength - (reader.Cursor.Run == _text.Run ? Math.Min(reader.Cursor.TextOffset, _text.ReadableLength) : 0);
    }

    /// <summary>Told while it waits; whoever was here from its beginning is told once also when it has begun, or ended, before they read.</summary>
    private void ReadPlace(ReplyReader reader, List<ReplyEvent> events)
    {
        var isLate = reader is { IsFromBeginning: true, HasBegun: false };
        var place = _place ?? (isLate ? reader.FirstPlace : null);
        var isWaiting = _end is null && _text.Run == 0;
        if (place is not null && place != reader.Place && (isWaiting || isLate))
            events.Add(_events.Queued(place));
        reader.Place = place ?? reader.Place;
    }

    private void ReadText(ReplyReader reader, List<ReplyEvent> events)
    {
        var end = new ReplyCursor(_text.Run, _text.ReadableLength, HasEnded: false);
        var isFirst = !reader.HasBegun;
        reader.HasBegun = true;
        var from = reader.Cursor;
        var canGoOn = from.Run > 0 && _text.CanResumeAt(from.Run, from.TextOffset);
        var isAhead = from.Run > end.Run || (from.Run == end.Run && from.TextOffset > end.TextOffset);
        if (isAhead && _end is null)
            return; // It has heard elsewhere what is still under way to here, and must not be set back meanwhile.
        if (isFirst && reader.IsFromBeginning && end.Run > 0)
            AddRestart(end, events);
        else if (isAhead || (isFirst && _end is not null && !(canGoOn && reader.IsOfChannel) && !reader.IsFromBeginning))
            events.Add(Snapshot(end));
        else if (from == end && isFirst && reader.IsOfChannel && end.Run == 0 && _place is null && _end is null)
            events.Add(Snapshot(end));
        else if (from == end)
            return;
        else if (canGoOn)
            events.Add(_events.Piece(from, end, _text));
        else if (isFirst)
            events.Add(Snapshot(end));
        else
            AddRestart(end, events);
        reader.Cursor = end;
    }

    /// <summary>Told after the text that has failed, and only until the next run begins; not to one that has heard elsewhere that it has.</summary>
    private void ReadRetrying(ReplyReader reader, List<ReplyEvent> events)
    {
        if (_end is not null || _retrying is null || _retriedRun != _text.Run || reader.Retrying == _retrying || reader.Cursor.Run > _text.Run)
            return;
        events.Add(ReplyEvent.Of(_retrying, null));
        reader.Retrying = _retrying;
    }

    /// <summary>A run began while the reader was here: it is told so, and then the text from the start.</summary>
    private void AddRestart(ReplyCursor end, List<ReplyEvent> events)
    {
        var start = end with { TextOffset = 0 };
        events.Add(_events.Started(start, _attempt));
        if (end != start)
            events.Add(_events.Piece(start, end, _text));
    }

    private ReplyEvent Snapshot(ReplyCursor at) => _end is null
        ? _events.Snapshot(at, _attempt, _status, _text)
        : _events.Snapshot(at, _attempt, _end, _text);

    /// <summary>
    /// The last words come with the end and not as a piece of their own: readers are given them as one, so that the
    /// pieces alone are the whole text too.
    /// </summary>
    private void FillUp()
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

    private TextMerge Settle(TextMerge merge)
    {
        if (merge == TextMerge.Applied)
        {
            _status = ReplyStatus.Generating;
            (_isMissing, _isLost) = (false, false);
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
