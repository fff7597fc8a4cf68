using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// The replies of one channel, as frames and attachments tell of them. Not thread-safe: its feed holds the lock.
/// </summary>
internal sealed class ChannelReplies(ChannelName channel)
{
    /// <summary>Ended replies kept for readers that come a moment later; others read them from the store.</summary>
    private const int MaxEnded = 16;

    private readonly Dictionary<ReplyId, LiveReply> _replies = [];
    private readonly Queue<ReplyId> _ended = new();
    private long _stamp;

    /// <summary>How many frames have been applied: says what an attachment can and cannot know.</summary>
    public long Stamp => _stamp;

    public IEnumerable<LiveReply> All => _replies.Values;

    public bool AnyOpen => _replies.Values.Any(reply => !reply.HasEnded);

    public LiveReply? Find(ReplyId id) => _replies.GetValueOrDefault(id);

    /// <summary>Known from elsewhere to be open.</summary>
    public LiveReply Open(ReplyId id)
    {
        if (_replies.TryGetValue(id, out var known) && !known.HasFailed)
        {
            known.Find();
            return known;
        }

        return _replies[id] = new LiveReply(channel, id, _stamp);
    }

    /// <summary>False: text before this frame is missing.</summary>
    public bool Apply(ChannelFrame frame)
    {
        _stamp++;
        switch (frame)
        {
            case ReplyQueued queued:
                // Queued again after it had failed: an operator's retry, and the one way out of an end.
                if (Find(queued.ReplyId) is { HasFailed: true })
                    _replies.Remove(queued.ReplyId);
                GetOrAdd(queued.ReplyId, isBeginning: true).Queue(queued);
                return true;
            case ReplyStarted started:
                ForRun(started.ReplyId, started.Run, isBeginning: true)?.Start(started.Run, started.Attempt);
                return true;
            case ReplyDelta delta:
                return Find(delta.ReplyId) is null && delta.TextOffset > 0
                    ? false
                    : ForRun(delta.ReplyId, delta.Run)?.Append(delta) != TextMerge.Gap;
            case ReplyRetrying retrying:
                Find(retrying.ReplyId)?.Retry(retrying);
                return true;
            case ReplySnapshot snapshot:
                ForRun(snapshot.ReplyId, snapshot.Run)?.Merge(snapshot);
                return true;
            case ReplyCompleted completed:
                End(completed.ReplyId, completed);
                return true;
            case ReplyFailed failed:
                End(failed.ReplyId, failed);
                return true;
            case ReplyCancelled cancelled:
                End(cancelled.ReplyId, cancelled);
                return true;
            default:
                return true;
        }
    }

    /// <summary>Takes in what the channel's owner holds, asked for when <see cref="Stamp"/> was <paramref name="asOf"/>.</summary>
    public void Apply(ChannelAttachment attachment, long asOf)
    {
        foreach (var snapshot in attachment.Replies)
            ForRun(snapshot.ReplyId, snapshot.Run)?.Merge(snapshot);

        var open = attachment.Replies.Select(snapshot => snapshot.ReplyId).ToHashSet();
        foreach (var reply in _replies.Values)
        {
            if (reply.Stamp > asOf || open.Contains(reply.Id))
                continue;
            // Not known last time either, and its end has not come: who still waits for it asks the store.
            if (reply.IsMissing)
                _replies.Remove(reply.Id);
            else
                reply.Miss();
        }
    }

    /// <summary>Nobody can say any more how they stand.</summary>
    public void Lose()
    {
        foreach (var reply in _replies.Values)
            reply.Lose();
    }

    /// <summary>Null for a frame of a run that is over: a failed reply lives again only in a later one.</summary>
    private LiveReply? ForRun(ReplyId id, long run, bool isBeginning = false)
    {
        if (Find(id) is not { HasEnded: true } ended)
            return GetOrAdd(id, isBeginning);
        if (!ended.HasFailed || run <= ended.Run)
            return null;

        _replies.Remove(id);
        return GetOrAdd(id, isBeginning);
    }

    private LiveReply GetOrAdd(ReplyId id, bool isBeginning = false)
    {
        if (!_replies.TryGetValue(id, out var reply))
            _replies[id] = reply = new LiveReply(channel, id, _stamp) { IsHeardFromBeginning = isBeginning };
        return reply;
    }

    private void End(ReplyId id, DurableFrame end)
    {
        var reply = GetOrAdd(id);
        if (reply.HasEnded)
            return;

        reply.End(end);
        _ended.Enqueue(id);
        if (_ended.Count > MaxEnded && Find(_ended.Peek()) is var oldest)
        {
            _ended.Dequeue();
            if (oldest is { HasEnded: true })
                _replies.Remove(oldest.Id);
        }
    }
}
