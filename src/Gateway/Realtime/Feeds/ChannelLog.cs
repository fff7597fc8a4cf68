using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Frames.Encoding;
using JubileeVerse.Realtime.Positions;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>
/// What this gateway knows of a channel: its frames in one order, each once, and the text of each of its replies. Frames may arrive
/// twice, late or never. The log applies a frame that follows the last one; any other frame waits until the missing frames have been read
/// from elsewhere, or are skipped with a <see cref="Gap"/>. Not thread-safe: its feed holds the lock.
/// </summary>
internal sealed class ChannelLog(ChannelName channel, TimeProvider time)
{
    private HashSet<ReplyId> _open = [];

    public ChannelRing Ring { get; } = new();

    public ChannelReplies Replies { get; } = new(channel);

    public ChannelPosition? Position => Ring.Position;

    public FrameMergeResult Apply(ChannelFrame frame) => frame switch
    {
        ReplyQueued or ReplyStarted or ReplyDelta or ReplyRetrying or ReplySnapshot =>
            Replies.Apply(frame) ? FrameMergeResult.Applied : FrameMergeResult.TextGap,
        DurableFrame durable and (MessagePosted or ConversationChanged or ReadMarked or ReplyCompleted or ReplyFailed or ReplyCancelled
            or QueueBegin or QueueEvent or QueueJobEvent or AdminNotice) => AddDurable(durable),
        PresenceChanged or Gap or Unsubscribed or CloseConnections => Add(frame),

        // Types of a later version, which clients skip. A test holds that every type of this version has a case above.
        DurableFrame durable => AddDurable(durable),
        _ => Add(frame),
    };

    /// <summary>
    /// Applies a frame that was held during an attachment and that the attachment covers. If the frame ends a reply that frames held
    /// before it have created anew, that reply has ended, unless the attachment lists it as open (a reply that was retried).
    /// </summary>
    public void ApplyCovered(ChannelFrame frame)
    {
        if (FindEndedReply(frame) is { } id && !_open.Contains(id))
            Replies.Apply(frame);
    }

    /// <summary>The range of a stored channel's history to read before an attachment can be applied; null for nothing.</summary>
    /// <param name="attachment">It may be older than frames that have arrived since, or come from an owner that has been replaced.</param>
    /// <param name="held">Frames that wait for the attachment.</param>
    public HistoryRange? FindMissing(ChannelAttachment attachment, IEnumerable<ChannelFrame> held)
    {
        if (Ring.Position is not { } at || at.Epoch != attachment.Epoch)
            return null;
        var next = held.OfType<DurableFrame>()
            .Where(frame => frame.Epoch == at.Epoch && frame.Offset > at.Offset)
            .Min(frame => (long?)frame.Offset);
        var upTo = Math.Max(attachment.Offset, next - 1 ?? 0);
        return upTo > at.Offset ? new HistoryRange(at, upTo) : null;
    }

    /// <summary>Applies the owner's state of the channel.</summary>
    /// <param name="attachment">The state that the owner returned.</param>
    /// <param name="missed">Durable frames up to <paramref name="upTo"/>, in order, as far as they could be read; null for none.</param>
    /// <param name="upTo">Frames that are missing up to this offset cannot be read any more.</param>
    /// <param name="asOf">The value of <see cref="ChannelReplies.AppliedFrames"/> when the attachment was requested.</param>
    public void ApplyAttachment(ChannelAttachment attachment, FrameList? missed, long upTo, long asOf)
    {
        var frames = (missed ?? []).OfType<DurableFrame>().Where(frame => frame.Epoch == attachment.Epoch).ToArray();
        var before = frames is [var first, ..] ? first.Offset - 1 : attachment.Offset;
        if (Ring.Position is not { } at)
            Ring.Begin(new ChannelPosition(attachment.Epoch, before));
        else if (at.Epoch != attachment.Epoch)
            Skip(attachment.Epoch, 1, before, Gap.EpochChanged);

        foreach (var frame in frames)
        {
            SkipTo(frame.Offset - 1);
            Apply(frame);
        }

        SkipTo(upTo);
        Replies.Apply(attachment, asOf);
        _open = [.. attachment.Replies.Select(snapshot => snapshot.ReplyId)];
    }

    /// <summary>Returns the id of the reply that the frame ends; null when it ends none.</summary>
    public static ReplyId? FindEndedReply(Frame frame) => frame switch
    {
        ReplyCompleted completed => completed.ReplyId,
        ReplyFailed failed => failed.ReplyId,
        ReplyCancelled cancelled => cancelled.ReplyId,
        _ => null,
    };

    private FrameMergeResult AddDurable(DurableFrame frame)
    {
        if (Ring.Position is not { } at || at.Epoch != frame.Epoch || frame.Offset > at.Offset + 1)
            return FrameMergeResult.Gap;
        if (frame.Offset <= at.Offset)
            return FrameMergeResult.Known;
        Replies.Apply(frame);
        return Add(frame);
    }

    private FrameMergeResult Add(ChannelFrame frame)
    {
        Ring.Add(frame, time.GetTimestamp());
        return FrameMergeResult.Applied;
    }

    private void SkipTo(long offset)
    {
        if (Ring.Position is { } at && offset > at.Offset)
            Skip(at.Epoch, at.Offset + 1, offset, Gap.HistoryEnded);
    }

    private void Skip(string epoch, long from, long to, string reason) =>
        Ring.Skip(new Gap(channel, from, to, reason), new ChannelPosition(epoch, to), time.GetTimestamp());
}
