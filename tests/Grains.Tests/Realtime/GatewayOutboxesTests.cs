using System.Diagnostics.Metrics;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Outbox;
using JubileeVerse.Replies;
using JubileeVerse.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Grains.Tests.Realtime;

public sealed class GatewayOutboxesTests : IDisposable
{
    private static readonly ChannelName Channel = new("conversation:test");

    private readonly WatchedTimeProvider _time = new();
    private readonly RealtimeOptions _options = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SlowGateway _gateway = new();
    private readonly GatewayLiveness _liveness;
    private readonly GatewayOutboxes _outboxes;
    private readonly GatewayId _id;

    public GatewayOutboxesTests()
    {
        var instruments = new RealtimeInstruments(_services.GetRequiredService<IMeterFactory>());
        _liveness = new GatewayLiveness(_time);
        _outboxes = new GatewayOutboxes(Options.Create(_options), instruments, _liveness, _time, NullLogger<GatewayOutbox>.Instance);
        _id = GatewayId.New(_time);
        _outboxes.Open(_id, _gateway);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task StopAsync_NotificationsQueuedBehindABatchInFlight_DeliversThemFirst()
    {
        _outboxes.TrySend(_id, new ReplyStarted(Channel, ReplyId.New(_time), 1, 1));
        await _gateway.Busy.WaitAsync(Token);
        _outboxes.SendMoved(_id, Channel);

        var stopped = _outboxes.StopAsync(Token);
        Assert.False(stopped.IsCompleted);
        _gateway.Release();
        await stopped.WaitAsync(Token);

        Assert.Equal([Channel], _gateway.Moved);
    }

    [Fact]
    public async Task StopAsync_GatewayDoesNotRespond_WaitsForOneDeliverTimeout()
    {
        _outboxes.SendMoved(_id, Channel);
        await _gateway.Busy.WaitAsync(Token);
        await _time.WhenArmedAsync(_options.DeliverTimeout, Token);

        var stopped = _outboxes.StopAsync(Token);
        await _time.WhenArmedAsync(_options.DeliverTimeout, Token);
        _time.Advance(_options.DeliverTimeout);

        await stopped.WaitAsync(Token);
        Assert.Empty(_gateway.Moved);
    }

    [Fact]
    public async Task TrySend_LongFrames_AreBatchedByTheirBytes()
    {
        _outboxes.TrySend(_id, new ReplyStarted(Channel, ReplyId.New(_time), 1, 1));
        await _gateway.Busy.WaitAsync(Token);
        for (var i = 0; i < 9; i++)
            _outboxes.TrySend(_id, new ReplyDelta(Channel, ReplyId.New(_time), 1, 0, new string('x', 12_000)));

        var stopped = _outboxes.StopAsync(Token);
        _gateway.Release();
        await stopped.WaitAsync(Token);

        // Each frame counts two bytes per character and a little overhead, so three frames exceed 64 KB.
        Assert.Equal([1, 3, 3, 3], _gateway.Batches);
    }

    [Fact]
    public void Synchronize_UnreachableGateway_IsNotOpenedAgain()
    {
        var unreachable = new GatewayRegistration(GatewayId.New(_time), "", "", _time.GetUtcNow(), false, 0, 0, _gateway)
        {
            SilentFor = GatewayLiveness.HeartbeatTimeout,
        };
        var alive = unreachable with { Id = GatewayId.New(_time), SilentFor = TimeSpan.FromSeconds(5) };
        _liveness.Evaluate([unreachable, alive]);

        _outboxes.Synchronize([unreachable, alive], GatewayLiveness.UnlistedTimeout);

        var frame = new ReplyStarted(Channel, ReplyId.New(_time), 1, 1);
        Assert.Equal((false, true), (_outboxes.TrySend(unreachable.Id, frame), _outboxes.TrySend(alive.Id, frame)));
    }

    [Fact]
    public void Synchronize_GatewayUnlistedAndSilent_IsClosed()
    {
        _time.Advance(GatewayLiveness.UnlistedTimeout);
        _outboxes.Synchronize([], GatewayLiveness.UnlistedTimeout);
        Assert.True(_outboxes.TrySend(_id, new ReplyStarted(Channel, ReplyId.New(_time), 1, 1)));

        _time.Advance(TimeSpan.FromSeconds(1));
        _outboxes.Synchronize([], GatewayLiveness.UnlistedTimeout);
        Assert.False(_outboxes.TrySend(_id, new ReplyStarted(Channel, ReplyId.New(_time), 1, 1)));
    }

    /// <summary>A gateway whose deliveries do not complete until <see cref="Release"/>.</summary>
    private sealed class SlowGateway : IGatewayObserver
    {
        private readonly TaskCompletionSource _busy = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<ChannelName> _moved = [];
        private readonly List<int> _batches = [];

        public Task Busy => _busy.Task;

        public IReadOnlyList<ChannelName> Moved => _moved;

        /// <summary>The number of frames of each delivered batch.</summary>
        public IReadOnlyList<int> Batches => _batches;

        public void Release() => _released.SetResult();

        public async Task DeliverAsync(GatewayBatch batch)
        {
            _busy.TrySetResult();
            await _released.Task;
            _moved.AddRange(batch.MovedChannels);
            _batches.Add(batch.Frames.Count);
        }
    }
}
