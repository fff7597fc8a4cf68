using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>
/// What a client has put together that follows the protocol and trusts the order: it fails where a frame comes twice, is missing without a word,
/// or where a text is not what its end says.
/// </summary>
internal sealed class RebuiltChannel(ChannelName channel)
{
    private readonly Dictionary<ReplyId, (long Run, string Text)> _texts = [];
    private string? _epoch;

    public long Offset { get; private set; }

    /// <summary>It had to read anew over HTTP.</summary>
    public int Rereads { get; private set; }

    /// <summary>Frames that it was told by themselves.</summary>
    public int Told { get; private set; }

    public string? TextOf(ReplyId id) => _texts.TryGetValue(id, out var known) ? known.Text : null;

    /// <summary>How it comes back.</summary>
    public SubscribeRequest Request() => new(
        channel,
        _epoch,
        _epoch is null ? null : Offset,
        [.. _texts.Select(known => new ResumeReply(known.Key, known.Value.Run, known.Value.Text.Length))]);

    public void Take(SubscribeAnswer answer)
    {
        Assert.Null(answer.Error);
        if (answer.Recovered)
        {
            foreach (var shared in answer.Events)
                Take(shared.Frame, isLive: false);
            Assert.Equal(answer.Offset, Offset);
        }
        else
        {
            Assert.Empty(answer.Events);
            if (_epoch is not null)
                Rereads++;
            Offset = answer.Offset;
        }

        _epoch = answer.Epoch;
    }

    public void Take(FrameBurst burst)
    {
        foreach (var item in burst.Frames)
            Take(item.Frame.Frame, isLive: true);
    }

    private void Take(Frame frame, bool isLive)
    {
        switch (frame)
        {
            case Gap gap:
                Assert.Equal(Offset + 1, gap.From);
                (Offset, Rereads) = (gap.To, Rereads + 1);
                break;
            case DurableFrame durable:
                Assert.Equal(Offset + 1, durable.Offset);
                (Offset, Told) = (durable.Offset, Told + 1);
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

    /// <param name="frame">The pieces alone are the whole text, where it was there when they came.</param>
    /// <param name="isLive">False for what it has missed.</param>
    private void End(DurableFrame frame, bool isLive)
    {
        if (ChannelLog.EndedBy(frame) is not { } id || !_texts.Remove(id, out var known))
            return;
        if (isLive && Rereads == 0 && known.Run > 0 && frame is ReplyCompleted completed)
            Assert.Equal((completed.Run, completed.Message.Content), known);
    }
}
