using JubileeVerse.Gateway.Realtime.Feeds.Owners;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Positions;
using JubileeVerse.Replies;
using Microsoft.Extensions.Time.Testing;
using Frames = JubileeVerse.Gateway.Tests.Realtime.Feeds.Frames;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>
/// The channel as its owner has it; a test compares its clients with it. It returns its changes as frames, which a test may lose on
/// the way, and serves attach calls and reads of its history as far as that is kept.
/// </summary>
internal sealed class ReferenceChannel(ChannelName channel, bool isStored) : IChannelOwner, IChannelQueriesGrain
{
    public const string Epoch = "e";
    public const string Silo = "silo-1";
    private const int MaxOpen = 3;

    private static readonly string[] Deltas = ["a", "bc", "def ", "\U0001F600", "é", "ghij klm"];

    private readonly Lock _gate = new();
    private readonly FakeTimeProvider _time = new();
    private readonly List<DurableFrame> _history = [];
    private readonly List<ReplySnapshot> _open = [];
    private long _run;
    private long _firstKept = 1;

    public ChannelName Channel => channel;

    public bool IsStored => isStored;

    /// <summary>How many of the last frames are kept; null for all.</summary>
    public int? HistoryLimit { get; init; }

    public long Offset
    {
        get
        {
            lock (_gate)
                return _history.Count;
        }
    }

    /// <summary>The text of each open reply.</summary>
    public IReadOnlyDictionary<ReplyId, string> OpenReplies
    {
        get
        {
            lock (_gate)
                return _open.ToDictionary(snapshot => snapshot.ReplyId, snapshot => snapshot.Text);
        }
    }

    /// <summary>Changes the channel and returns the frames of the change.</summary>
    /// <param name="kind">0 to 9: the kind of change.</param>
    /// <param name="choice">Selects the reply and the text.</param>
    public ChannelFrame[] Execute(int kind, int choice)
    {
        lock (_gate)
        {
            var frames = new List<ChannelFrame>();
            var index = _open.Count == 0 ? -1 : choice % _open.Count;
            if (kind <= 1 || (kind == 2 && _open.Count == MaxOpen) || (kind > 2 && index < 0))
                frames.Add(Store(new ReadMarked(channel, Epoch, NextOffset, default, choice)));
            else if (kind == 2)
                Queue(frames);
            else if (kind == 3)
                Start(index, frames);
            else if (kind <= 7)
                Append(index, Deltas[choice % Deltas.Length], frames);
            else
                End(index, isWhole: kind == 8, frames);
            return [.. frames];
        }
    }

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ChannelPosition? known)
    {
        lock (_gate)
        {
            var frames = isStored
                ? null
                : _history.Where(frame => frame.Offset >= _firstKept && frame.Offset > (known?.Offset ?? 0)).ToArray();
            return Task.FromResult(
                new ChannelAttachment(Silo, Epoch, _history.Count, [.. _open]) { Frames = frames is null ? null : [.. frames] });
        }
    }

    public Task DetachAsync(GatewayId gateway, long generation) => Task.CompletedTask;

    public Task<ChannelHistory?> ReadAsync(ChannelName name, ChannelPosition after, long upTo, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var isWhole = after.Epoch == Epoch && after.Offset + 1 >= _firstKept && upTo <= _history.Count;
            var frames = _history.Where(frame => frame.Offset > after.Offset && frame.Offset <= upTo);
            return Task.FromResult(isWhole ? new ChannelHistory(Epoch, [.. frames]) : null);
        }
    }

    private long NextOffset => _history.Count + 1;

    private DurableFrame Store(DurableFrame frame)
    {
        _history.Add(frame);
        _firstKept = HistoryLimit is { } count ? Math.Max(1, _history.Count - count + 1) : 1;
        return frame;
    }

    private void Queue(List<ChannelFrame> frames)
    {
        var id = ReplyId.New(_time);
        _open.Add(new ReplySnapshot(channel, id, 0, 0, "", ReplyStatus.Queued));
        frames.Add(new ReplyQueued(channel, Frames.ConversationId, id, Frames.Persona, 1, null));
    }

    private void Start(int index, List<ChannelFrame> frames)
    {
        var reply = _open[index];
        _open[index] = reply with { Run = ++_run, Attempt = reply.Attempt + 1, Text = "", Status = ReplyStatus.Generating };
        frames.Add(new ReplyStarted(channel, reply.ReplyId, _run, reply.Attempt + 1));
    }

    private void Append(int index, string delta, List<ChannelFrame> frames)
    {
        if (_open[index].Run == 0)
            Start(index, frames);
        var reply = _open[index];
        frames.Add(new ReplyDelta(channel, reply.ReplyId, reply.Run, reply.Text.Length, delta));
        _open[index] = reply with { Text = reply.Text + delta };
    }

    private void End(int index, bool isWhole, List<ChannelFrame> frames)
    {
        var reply = _open[index];
        _open.RemoveAt(index);
        frames.Add(Store(isWhole && reply.Run > 0
            ? new ReplyCompleted(
                channel,
                Epoch,
                NextOffset,
                reply.ReplyId,
                reply.Run,
                Frames.ReplyMessage(reply.Text + "."),
                new TokenUsage("builtin", 1, 2))
            : new ReplyCancelled(channel, Epoch, NextOffset, reply.ReplyId, "cancelled", reply.Text)));
    }
}
