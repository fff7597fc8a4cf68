using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Positions;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>
/// The replies of one channel, built from its frames and attachments. Not thread-safe: its feed holds the lock.
/// </summary>
internal sealed class ChannelReplies(ChannelName channel)
{
    /// <summary>
    /// The number of ended replies kept for readers that arrive shortly after the end; later readers read them from the store.
    /// </summary>
    private const int MaxEnded = 16;

    private readonly Dictionary<ReplyId, LiveReply> _replies = [];
    private readonly Queue<ReplyId> _ended = new();
    private long _appliedFrames;

    /// <summary>
    /// The number of frames applied so far. An attachment cannot know a reply whose first frame was applied after it was requested.
    /// </summary>
    public long AppliedFrames => _appliedFrames;

    public IEnumerable<LiveReply> All => _replies.Values;

    public bool AnyOpen => _replies.Values.Any(reply => !reply.HasEnded);

    public LiveReply? Find(ReplyId id) => _replies.GetValueOrDefault(id);

    /// <summary>Returns a reply that is open according to the store, and creates it when it is unknown here.</summary>
    public LiveReply Open(ReplyId id)
    {
        if (_replies.TryGetValue(id, out var known) && !known.HasFailed)
        {
            known.MarkOpen();
            return known;
        }

        return _replies[id] = new LiveReply(channel, id, _appliedFrames);
    }

    /// <summary>False when text before this frame is missing.</summary>
    public bool Apply(ChannelFrame frame)
    {
        _appliedFrames++;
        switch (frame)
        {
            case ReplyQueued queued:
                // A failed reply is queued again by an operator's retry; no other ended reply can be reopened.
                if (Find(queued.ReplyId) is { HasFailed: true })
                    _replies.Remove(queued.ReplyId);
                GetOrAdd(queued.ReplyId, isFromStart: true).Queue(queued);
                return true;
            case ReplyStarted started:
                ForRun(started.ReplyId, started.Run, isFromStart: true)?.Start(started.Run, started.Attempt);
                return true;
            case ReplyDelta delta:
                return Find(delta.ReplyId) is null && delta.TextOffset > 0
                    ? false
                    : ForRun(delta.ReplyId, delta.Run)?.Append(delta) != TextMergeResult.Gap;
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
            case MessagePosted or ConversationChanged or ReadMarked or QueueBegin or QueueEvent or QueueJobEvent or AdminNotice:
            case PresenceChanged or Gap or Unsubscribed or CloseConnections:
                return true; // They concern no reply.
            default:
                return true; // A type of a later version. A test holds that every type of this version has a case.
        }
    }

    /// <summary>Applies the owner's state, which was requested when <see cref="AppliedFrames"/> was <paramref name="asOf"/>.</summary>
    public void Apply(ChannelAttachment attachment, long asOf)
    {
        foreach (var snapshot in attachment.Replies)
            ForRun(snapshot.ReplyId, snapshot.Run)?.Merge(snapshot);

        var open = attachment.Replies.Select(snapshot => snapshot.ReplyId).ToHashSet();
        foreach (var reply in _replies.Values)
        {
            if (reply.FirstSeenAt > asOf || open.Contains(reply.Id))
                continue;
            // The owner did not list the reply last time either, and its end has not arrived; a reader that still waits for it reads the
            // store.
            if (reply.IsMissing)
                _replies.Remove(reply.Id);
            else
                reply.MarkMissing();
        }
    }

    /// <summary>Marks all open replies as unreachable, because the channel's owner is.</summary>
    public void MarkUnreachable()
    {
        foreach (var reply in _replies.Values)
            reply.MarkUnreachable();
    }

    /// <summary>Returns null for a frame of an ended reply; a failed reply is reopened only by a frame of a later run.</summary>
    private LiveReply? ForRun(ReplyId id, long run, bool isFromStart = false)
    {
        if (Find(id) is not { HasEnded: true } ended)
            return GetOrAdd(id, isFromStart);
        if (!ended.HasFailed || run <= ended.Run)
            return null;

        _replies.Remove(id);
        return GetOrAdd(id, isFromStart);
    }

    private LiveReply GetOrAdd(ReplyId id, bool isFromStart = false)
    {
        if (!_replies.TryGetValue(id, out var reply))
            _replies[id] = reply = new LiveReply(channel, id, _appliedFrames) { IsSeenFromStart = isFromStart };
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
