using System.Threading.Channels;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using Frames = JubileeVerse.Gateway.Tests.Realtime.Feeds.Frames;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A connection whose writes complete only when the test releases them, and whose frames come from the test.</summary>
internal sealed class FakeConnection(LiveConnection connection, ConnectionPump pump, TimeProvider time)
    : ClientConnection(connection, pump, time)
{
    private readonly Channel<string[]> _writes = Channel.CreateUnbounded<string[]>();
    private readonly TaskCompletionSource<int?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly QueuedSubscriptions _subscriptions = new();
    private TaskCompletionSource? _pendingWrite;

    public override IConnectionSubscriptions Subscriptions => _subscriptions;

    public int Writes { get; private set; }

    public bool WasReset { get; private set; }

    /// <summary>Completes with the close code, or with null when the subscriptions have ended.</summary>
    public Task<int?> Ended => _ended.Task;

    public void Enqueue(string text)
    {
        _subscriptions.Add(text);
        Pulse();
    }

    /// <summary>Sends a text as the last one.</summary>
    public void EnqueueLast(string text)
    {
        _subscriptions.AddLast(text);
        Pulse();
    }

    /// <summary>The texts of the next write; for a frame without a text, its type.</summary>
    public ValueTask<string[]> NextWriteAsync() => _writes.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public void Release() => _pendingWrite?.TrySetResult();

    protected override ValueTask WriteAsync(FrameBurst burst)
    {
        Writes++;
        var write = _pendingWrite = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _writes.Writer.TryWrite(
            [.. burst.Frames.Select(item => item.Frame.Frame is ReplyDelta delta ? delta.Text : item.Frame.Frame.Type)]);
        return new ValueTask(write.Task);
    }

    protected override void Complete(int? code) => _ended.TrySetResult(code);

    protected override void Reset() => WasReset = true;

    private sealed class QueuedSubscriptions : IConnectionSubscriptions
    {
        private readonly Queue<string> _texts = new();
        private bool _hasLast;

        public int Count => 1;

        public bool HasRunningReply => false;

        public bool HasEnded { get; private set; }

        public long UnreadBytes => 0;

        public void Add(string text)
        {
            lock (_texts)
                _texts.Enqueue(text);
        }

        public void AddLast(string text)
        {
            lock (_texts)
            {
                _texts.Enqueue(text);
                _hasLast = true;
            }
        }

        public Task<SubscribeResult> SubscribeAsync(SubscribeRequest request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Its frames come from the test.");

        public bool Unsubscribe(ChannelName channel) => false;

        public void Read(FrameBurst burst)
        {
            lock (_texts)
            {
                while (_texts.TryDequeue(out var text))
                    burst.Add(new SharedFrame(Frames.Delta(1, 0, text)), null);
                HasEnded = _hasLast;
            }
        }

        public void Dispose() => _texts.Clear();
    }
}
