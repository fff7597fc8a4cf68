using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;
using Microsoft.Extensions.Time.Testing;
using Frames = JubileeVerse.Gateway.Tests.Realtime.Frames;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>
/// A channel as its owner has it: the one truth that everything else is compared with. Says what it does as frames, which a test may lose on
/// their way; answers attachments, and reads of its past as far as that is kept.
/// </summary>
internal sealed class TrueChannel(ChannelName channel, bool isStored) : IChannelOwner, IChannelQueries
{
    public const string Epoch = "e";
    public const string Silo = "silo-1";
    private const int MaxOpen = 3;

    private static readonly string[] Pieces = ["a", "bc", "def ", "\U0001F600", "é", "ghij klm"];

    private readonly Lock _gate = new();
    private readonly FakeTimeProvider _time = new();
    private readonly List<DurableFrame> _past = [];
    private readonly List<ReplySnapshot> _open = [];
    private long _run;
    private long _kept = 1;

    public ChannelName Channel => channel;

    public bool IsStored => isStored;

    /// <summary>Only so many of the last frames are kept; null for all.</summary>
    public int? Keeps { get; init; }

    public long Offset
    {
        get
        {
            lock (_gate)
                return _past.Count;
        }
    }

    /// <summary>The text of each reply that is open.</summary>
    public IReadOnlyDictionary<ReplyId, string> Open
    {
        get
        {
            lock (_gate)
                return _open.ToDictionary(snapshot => snapshot.ReplyId, snapshot => snapshot.Text);
        }
    }

    /// <summary>Does something, and says it.</summary>
    /// <param name="what">0 to 9: which sort of thing.</param>
    /// <param name="which">Which reply and which words.</param>
    public ChannelFrame[] Do(int what, int which)
    {
        lock (_gate)
        {
            var frames = new List<ChannelFrame>();
            var index = _open.Count == 0 ? -1 : which % _open.Count;
            if (what <= 1 || (what == 2 && _open.Count == MaxOpen) || (what > 2 && index < 0))
                frames.Add(Keep(new ReadMarked(channel, Epoch, Next, default, which)));
            else if (what == 2)
                Queue(frames);
            else if (what == 3)
                Start(index, frames);
            else if (what <= 7)
                Append(index, Pieces[which % Pieces.Length], frames);
            else
                End(index, isWhole: what == 8, frames);
            return [.. frames];
        }
    }

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway, ChannelPosition? known)
    {
        lock (_gate)
        {
            var frames = isStored ? null : _past.Where(frame => frame.Offset >= _kept && frame.Offset > (known?.Offset ?? 0)).ToArray();
            return Task.FromResult(new ChannelAttachment(Silo, Epoch, _past.Count, [.. _open]) { Frames = frames is null ? null : [.. frames] });
        }
    }

    public Task DetachAsync(GatewayId gateway, long generation) => Task.CompletedTask;

    public Task<ChannelHistory?> ReadAsync(ChannelName name, ChannelPosition after, long upTo, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var isWhole = after.Epoch == Epoch && after.Offset + 1 >= _kept && upTo <= _past.Count;
            var frames = _past.Where(frame => frame.Offset > after.Offset && frame.Offset <= upTo);
            return Task.FromResult(isWhole ? new ChannelHistory(Epoch, [.. frames]) : null);
        }
    }

    private long Next => _past.Count + 1;

    private DurableFrame Keep(DurableFrame frame)
    {
        _past.Add(frame);
        _kept = Keeps is { } count ? Math.Max(1, _past.Count - count + 1) : 1;
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

    private void Append(int index, string piece, List<ChannelFrame> frames)
    {
        if (_open[index].Run == 0)
            Start(index, frames);
        var reply = _open[index];
        frames.Add(new ReplyDelta(channel, reply.ReplyId, reply.Run, reply.Text.Length, piece));
        _open[index] = reply with { Text = reply.Text + piece };
    }

    private void End(int index, bool isWhole, List<ChannelFrame> frames)
    {
        var reply = _open[index];
        _open.RemoveAt(index);
        frames.Add(Keep(isWhole && reply.Run > 0
            ? new ReplyCompleted(channel, Epoch, Next, reply.ReplyId, reply.Run, Frames.Answer(reply.Text + "."), new TokenUsage("builtin", 1, 2))
            : new ReplyCancelled(channel, Epoch, Next, reply.ReplyId, "cancelled", reply.Text)));
    }
}
