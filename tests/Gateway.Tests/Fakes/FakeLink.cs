using System.Threading.Channels;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Realtime;
using Frames = JubileeVerse.Gateway.Tests.Realtime.Frames;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A link whose client takes each write only when the test says so, and which hears what the test tells it.</summary>
internal sealed class FakeLink(LiveConnection connection, LinkPump pump, TimeProvider time) : Link(connection, pump, time)
{
    private readonly Channel<string[]> _writes = Channel.CreateUnbounded<string[]>();
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Told _told = new();
    private TaskCompletionSource? _taken;

    public override ILinkSubscriptions Subscriptions => _told;

    public int Writes { get; private set; }

    public bool WasCut { get; private set; }

    /// <summary>Completes with the code with which it was ended.</summary>
    public Task<int> Ended => _ended.Task;

    public void Tell(string text)
    {
        _told.Add(text);
        Pulse();
    }

    /// <summary>The texts of the next write, and the types of frames without one.</summary>
    public ValueTask<string[]> NextWriteAsync() => _writes.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public void Release() => _taken?.TrySetResult();

    protected override ValueTask WriteAsync(FrameBurst burst)
    {
        Writes++;
        var taken = _taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _writes.Writer.TryWrite([.. burst.Frames.Select(item => item.Frame.Frame is ReplyDelta delta ? delta.Text : item.Frame.Frame.Type)]);
        return new ValueTask(taken.Task);
    }

    protected override void End(int code) => _ended.TrySetResult(code);

    protected override void Cut() => WasCut = true;

    private sealed class Told : ILinkSubscriptions
    {
        private readonly Queue<string> _texts = new();

        public int Count => 1;

        public bool IsAnswering => false;

        public long BehindBytes => 0;

        public void Add(string text)
        {
            lock (_texts)
                _texts.Enqueue(text);
        }

        public Task<SubscribeAnswer> SubscribeAsync(SubscribeRequest request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("It hears what the test tells it.");

        public bool Unsubscribe(ChannelName channel) => false;

        public void Read(FrameBurst burst)
        {
            lock (_texts)
            {
                while (_texts.TryDequeue(out var text))
                    burst.Add(new SharedFrame(Frames.Delta(1, 0, text)), null);
            }
        }

        public void Dispose() => _texts.Clear();
    }
}
