using System.Threading.Channels;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Subscriptions;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A connection with real subscriptions, whose writes complete only when the test releases them.</summary>
internal sealed class SubscribedConnection : ClientConnection, IAsyncDisposable
{
    private static readonly TimeSpan HeartbeatPeriod = TimeSpan.FromSeconds(15);

    private readonly Channel<string[]> _writes = Channel.CreateUnbounded<string[]>();
    private readonly TaskCompletionSource<int?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<SharedFrame, string> _format;
    private TaskCompletionSource? _pendingWrite;

    public SubscribedConnection(
        LiveConnection connection,
        ConnectionPump pump,
        TimeProvider time,
        Func<IFeedSubscriber, IConnectionSubscriptions> subscriptions,
        Func<SharedFrame, string> format)
        : base(connection, pump, time)
    {
        Subscriptions = subscriptions(this);
        _format = format;
    }

    public override IConnectionSubscriptions Subscriptions { get; }

    public int Writes { get; private set; }

    public bool WasReset { get; private set; }

    public Task<int?> Ended => _ended.Task;

    /// <summary>The frames of the next write in short form.</summary>
    public ValueTask<string[]> NextWriteAsync() => _writes.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public void Release() => _pendingWrite?.TrySetResult();

    /// <summary>Completes when the connection has seen its last write complete.</summary>
    public async Task WriteCompletedAsync()
    {
        while (StalledFor > TimeSpan.Zero)
            await Task.Yield();
    }

    public override void Tick()
    {
        if (SilentFor >= HeartbeatPeriod)
            WriteHeartbeat();
    }

    public ValueTask DisposeAsync()
    {
        Release();
        Dispose();
        return ValueTask.CompletedTask;
    }

    protected override ValueTask WriteAsync(FrameBurst burst)
    {
        Writes++;
        var write = _pendingWrite = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _writes.Writer.TryWrite([.. burst.Frames.Select(item => _format(item.Frame))]);
        return new ValueTask(write.Task);
    }

    protected override void Complete(int? code) => _ended.TrySetResult(code);

    protected override void Reset() => WasReset = true;
}
