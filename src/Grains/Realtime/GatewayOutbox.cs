using Microsoft.Extensions.Logging;
using OutboxQueue = System.Threading.Channels.Channel<JubileeVerse.Realtime.OutboxItem>;

namespace JubileeVerse.Realtime;

/// <summary>
/// The way from one silo to one gateway: a bounded first-in-first-out queue with one batch in flight.
/// </summary>
/// <remarks>
/// Sent at once when idle; while a batch is on its way the next one fills, so load makes batches and no timer is needed.
/// A batch is repeated under its number until the gateway has applied it, or the gateway counts as gone.
/// When the queue is full frames are dropped and the next batch says so: the gateway then asks its channels where they stand,
/// because a slow gateway must cost a bounded amount of memory and never a grain's time.
/// </remarks>
internal sealed partial class GatewayOutbox(
    string silo,
    long number,
    GatewayId gateway,
    IGatewayObserver observer,
    RealtimeOptions options,
    RealtimeInstruments instruments,
    GatewayLiveness liveness,
    TimeProvider time,
    ILogger<GatewayOutbox> logger)
{
    private readonly OutboxQueue _queue = System.Threading.Channels.Channel.CreateBounded<OutboxItem>(
        new System.Threading.Channels.BoundedChannelOptions(options.OutboxFrames) { SingleReader = true });

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _framesLost;

    public GatewayId Gateway { get; } = gateway;

    /// <summary>Completes when the pump has ended: closed and empty, or given up.</summary>
    public Task Ended => _ended.Task;

    public void Send(ChannelFrame frame) => Send(new OutboxItem(frame.Channel, frame));

    /// <summary>The channel's owner has come or goes: who follows it there attaches again.</summary>
    public void SendMoved(ChannelName channel) => Send(new OutboxItem(channel, null));

    private void Send(OutboxItem item)
    {
        if (_queue.Writer.TryWrite(item))
            return;
        Interlocked.Exchange(ref _framesLost, 1);
        instruments.FrameDropped();
    }

    /// <summary>Nothing more is sent: the pump ends when what waits has been delivered.</summary>
    public void Close() => _queue.Writer.TryComplete();

    /// <summary>Runs until the gateway has gone or the silo stops.</summary>
    public async Task PumpAsync(CancellationToken stopping)
    {
        var sequence = 0L;
        var moved = new HashSet<ChannelName>();
        var frames = new List<ChannelFrame>();
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stopping))
            {
                var bytes = 0;
                while (frames.Count + moved.Count < options.BatchFrames && bytes < options.BatchBytes && _queue.Reader.TryRead(out var item))
                {
                    if (item.Frame is { } frame)
                        frames.Add(frame);
                    else
                        moved.Add(item.Channel);
                    bytes += FrameWeight.Of(item.Frame);
                }

                var batch = new GatewayBatch(silo, number, ++sequence, Interlocked.Exchange(ref _framesLost, 0) == 1, [.. moved], [.. frames]);
                moved.Clear();
                frames.Clear();
                if (!await DeliverAsync(batch, stopping))
                    return;
                liveness.Heard(Gateway);
                instruments.BatchDelivered(batch.Frames.Count);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The silo stops; gateways attach to wherever their channels' grains go.
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    private async Task<bool> DeliverAsync(GatewayBatch batch, CancellationToken stopping)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await observer.DeliverAsync(batch).WaitAsync(options.DeliverTimeout, time, stopping);
                return true;
            }
            catch (ClientNotAvailableException)
            {
                LogGatewayGone(Gateway);
                return false;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                if (time.GetElapsedTime(started) > options.GatewayLease)
                {
                    LogGatewaySilent(exception, Gateway);
                    return false;
                }

                await Task.Delay(options.DeliverRetryDelay, time, stopping);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Gateway {Gateway} has gone; its outbox is closed.")]
    private partial void LogGatewayGone(GatewayId gateway);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gateway {Gateway} does not answer; its outbox is closed. It will attach again if it lives.")]
    private partial void LogGatewaySilent(Exception exception, GatewayId gateway);
}
