using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>
/// A client that follows the protocol and relies on the order of frames. It fails when a frame comes twice, when a frame is missing without
/// a gap frame, and when the text of the deltas differs from the text of the reply's end.
/// </summary>
internal sealed class ClientModel(ChannelName channel)
{
    private readonly Dictionary<ReplyId, (long Run, string Text)> _texts = [];
    private string? _epoch;

    public long Offset { get; private set; }

    /// <summary>How often the client had to reload the channel over HTTP.</summary>
    public int Reloads { get; private set; }

    /// <summary>How many durable frames the client received one by one.</summary>
    public int DurableFrames { get; private set; }

    public string? TextOf(ReplyId id) => _texts.TryGetValue(id, out var known) ? known.Text : null;

    /// <summary>The request with which the client subscribes again.</summary>
    public SubscribeRequest Request() => new(
        channel,
        _epoch,
        _epoch is null ? null : Offset,
        [.. _texts.Select(known => new ResumeReply(known.Key, known.Value.Run, known.Value.Text.Length))]);

    public void Receive(SubscribeResult result)
    {
        Assert.Null(result.Error);
        if (result.Recovered)
        {
            foreach (var shared in result.Events)
                Receive(shared.Frame, isLive: false);
            Assert.Equal(result.Offset, Offset);
        }
        else
        {
            Assert.Empty(result.Events);
            if (_epoch is not null)
                Reloads++;
            Offset = result.Offset;
        }

        _epoch = result.Epoch;
    }

    public void Receive(FrameBurst burst)
    {
        foreach (var item in burst.Frames)
            Receive(item.Frame.Frame, isLive: true);
    }

    private void Receive(Frame frame, bool isLive)
    {
        switch (frame)
        {
            case Gap gap:
                Assert.Equal(Offset + 1, gap.From);
                (Offset, Reloads) = (gap.To, Reloads + 1);
                break;
            case DurableFrame durable:
                Assert.Equal(Offset + 1, durable.Offset);
                (Offset, DurableFrames) = (durable.Offset, DurableFrames + 1);
                End(durable, isLive);
                break;
            case ReplyQueued queued:
                _texts.TryAdd(queued.ReplyId, (0, ""));
                break;
            case ReplyStarted started:
                _texts[started.ReplyId] = (started.Run, "");
                break;
            case ReplySnapshot snapshot:
                _texts[snapshot.ReplyId] = (snapshot.Run, snapshot.Text);
                break;
            case ReplyDelta delta:
                var known = _texts[delta.ReplyId];
                Assert.Equal((known.Run, known.Text.Length), (delta.Run, delta.TextOffset));
                _texts[delta.ReplyId] = (known.Run, known.Text + delta.Text);
                break;
        }
    }

    /// <param name="frame">The deltas alone must add up to the whole text if the client was connected when they came.</param>
    /// <param name="isLive">False for a frame that the client had missed.</param>
    private void End(DurableFrame frame, bool isLive)
    {
        if (ChannelLog.FindEndedReply(frame) is not { } id || !_texts.Remove(id, out var known))
            return;
        if (isLive && Reloads == 0 && known.Run > 0 && frame is ReplyCompleted completed)
            Assert.Equal((completed.Run, completed.Message.Content), known);
    }
}
