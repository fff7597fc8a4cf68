using System.Threading.Channels;
using JubileeVerse.Gateway.Realtime;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A link with real subscriptions, whose client takes each write only when the test says so.</summary>
internal sealed class SubscribedLink : Link, IAsyncDisposable
{
    private static readonly TimeSpan BeatPeriod = TimeSpan.FromSeconds(15);

    private readonly Channel<string[]> _writes = Channel.CreateUnbounded<string[]>();
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<SharedFrame, string> _say;
    private TaskCompletionSource? _taken;

    public SubscribedLink(
        LiveConnection connection, LinkPump pump, TimeProvider time, Func<IFeedListener, ILinkSubscriptions> subscriptions, Func<SharedFrame, string> say)
        : base(connection, pump, time)
    {
        Subscriptions = subscriptions(this);
        _say = say;
    }

    public override ILinkSubscriptions Subscriptions { get; }

    public int Writes { get; private set; }

    public bool WasCut { get; private set; }

    public Task<int> Ended => _ended.Task;

    /// <summary>The frames of the next write, in few words.</summary>
    public ValueTask<string[]> NextWriteAsync() => _writes.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public void Release() => _taken?.TrySetResult();

    /// <summary>Completes when it knows that its client has taken everything.</summary>
    public async Task TakenAsync()
    {
        while (StalledFor > TimeSpan.Zero)
            await Task.Yield();
    }

    public override void Beat()
    {
        if (SilentFor >= BeatPeriod)
            WriteBeat();
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
        var taken = _taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _writes.Writer.TryWrite([.. burst.Frames.Select(item => _say(item.Frame))]);
        return new ValueTask(taken.Task);
    }

    protected override void End(int code) => _ended.TrySetResult(code);

    protected override void Cut() => WasCut = true;
}
