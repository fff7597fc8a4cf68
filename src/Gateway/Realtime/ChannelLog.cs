using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// A channel as it is known here: its frames in one order, each once, and the text of each of its replies. It is given frames that come twice,
/// late or never; it takes what follows, and what does not has to wait until what is missing was had from elsewhere, or is told to be gone.
/// Not thread-safe: its feed holds the lock.
/// </summary>
internal sealed class ChannelLog(ChannelName channel, TimeProvider time)
{
    private HashSet<ReplyId> _open = [];

    public ChannelRing Ring { get; } = new();

    public ChannelReplies Replies { get; } = new(channel);

    public ChannelPosition? Position => Ring.Position;

    public FrameMerge Apply(ChannelFrame frame)
    {
        if (frame is ReplyQueued or ReplyStarted or ReplyDelta or ReplyRetrying or ReplySnapshot)
            return Replies.Apply(frame) ? FrameMerge.Applied : FrameMerge.TextHole;

        if (frame is DurableFrame durable)
        {
            if (Ring.Position is not { } at || at.Epoch != durable.Epoch || durable.Offset > at.Offset + 1)
                return FrameMerge.Hole;
            if (durable.Offset <= at.Offset)
                return FrameMerge.Known;
            Replies.Apply(durable);
        }

        Ring.Add(frame, time.GetTimestamp());
        return FrameMerge.Applied;
    }

    /// <summary>
    /// A frame that was held while an attachment was under way and that its answer has covered. If it ends a reply that was made anew by
    /// frames held before it, that reply has ended: unless the answer says that it is open, as one that was tried again is.
    /// </summary>
    public void ApplyCovered(ChannelFrame frame)
    {
        if (EndedBy(frame) is { } id && !_open.Contains(id))
            Replies.Apply(frame);
    }

    /// <summary>What has to be read from a stored channel's history before an attachment can be taken; null for nothing.</summary>
    /// <param name="attachment">It may be older than frames that came since, and behind those if its owner is not the owner any more.</param>
    /// <param name="held">Frames that wait.</param>
    public HistoryRange? Lacks(ChannelAttachment attachment, IEnumerable<ChannelFrame> held)
    {
        if (Ring.Position is not { } at || at.Epoch != attachment.Epoch)
            return null;
        var upTo = held.OfType<DurableFrame>().Where(frame => frame.Epoch == at.Epoch)
            .Aggregate(attachment.Offset, (last, frame) => Math.Max(last, frame.Offset));
        return upTo > at.Offset ? new HistoryRange(at, upTo) : null;
    }

    /// <summary>Takes in what the channel's owner holds, asked for when the count of frames was <paramref name="asOf"/>.</summary>
    /// <param name="attachment">The owner's answer.</param>
    /// <param name="missed">Durable frames before its offset, in order, as far as they could be had; null for none.</param>
    /// <param name="held">Frames that wait, and are applied afterwards.</param>
    /// <param name="asOf">Of <see cref="ChannelReplies.Stamp"/>.</param>
    public void Take(ChannelAttachment attachment, FrameList? missed, IEnumerable<ChannelFrame> held, long asOf)
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

        SkipTo(frames.Length == 0 ? Math.Max(attachment.Offset, OffsetBefore(held)) : attachment.Offset);
        Replies.Apply(attachment, asOf);
        _open = [.. attachment.Replies.Select(snapshot => snapshot.ReplyId)];
    }

    /// <summary>The reply that the frame ends; null when it ends none.</summary>
    public static ReplyId? EndedBy(Frame frame) => frame switch
    {
        ReplyCompleted completed => completed.ReplyId,
        ReplyFailed failed => failed.ReplyId,
        ReplyCancelled cancelled => cancelled.ReplyId,
        _ => null,
    };

    /// <summary>Nothing could be had: then the first frame that waits is the next one to be told.</summary>
    private long OffsetBefore(IEnumerable<ChannelFrame> held) =>
        held.OfType<DurableFrame>().Where(frame => frame.Epoch == Ring.Position?.Epoch).Min(frame => (long?)frame.Offset - 1) ?? 0;

    private void SkipTo(long offset)
    {
        if (Ring.Position is { } at && offset > at.Offset)
            Skip(at.Epoch, at.Offset + 1, offset, Gap.HistoryEnded);
    }

    private void Skip(string epoch, long from, long to, string reason) =>
        Ring.Skip(new Gap(channel, from, to, reason), new ChannelPosition(epoch, to), time.GetTimestamp());
}
