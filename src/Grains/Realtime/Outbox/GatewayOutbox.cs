using JubileeVerse.Realtime.Channels;
using JubileeVerse.Realtime.Frames;
using Microsoft.Extensions.Logging;
using OutboxQueue = System.Threading.Channels.Channel<JubileeVerse.Realtime.Outbox.OutboxItem>;

namespace JubileeVerse.Realtime.Outbox;

/// <summary>
/// Delivers one silo's frames to one gateway: a bounded FIFO queue with one batch in flight.
/// </summary>
/// <remarks>
/// A frame is sent at once when the outbox is idle. While a batch is in flight the next one fills, so batches grow with the load and no
/// timer is needed. A batch is retried under its sequence number until the gateway has applied it or the gateway's lease expires.
/// When the queue is full, frames are dropped and the next batch is flagged; the gateway then checks the positions of its channels. A slow
/// gateway must cost a bounded amount of memory and must never block a grain.
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
    private int _hasDropped;

    public GatewayId Gateway { get; } = gateway;

    /// <summary>Completes when the pump has ended: the outbox was closed and drained, or delivery was abandoned.</summary>
    public Task Ended => _ended.Task;

    public void Send(ChannelFrame frame) => Send(new OutboxItem(frame.Channel, frame));

    /// <summary>The channel has a new activation, or its activation ends: the gateway's followers attach again.</summary>
    public void SendMoved(ChannelName channel) => Send(new OutboxItem(channel, null));

    private void Send(OutboxItem item)
    {
        if (_queue.Writer.TryWrite(item))
            return;
        Interlocked.Exchange(ref _hasDropped, 1);
        instruments.FrameDropped();
    }

    /// <summary>Accepts no more frames. The pump ends when the queued frames have been delivered.</summary>
    public void Close() => _queue.Writer.TryComplete();

    /// <summary>Runs until the outbox is closed and drained, the gateway is unreachable, or the silo stops.</summary>
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
                while (frames.Count + moved.Count < options.BatchFrames
                    && bytes < options.BatchBytes
                    && _queue.Reader.TryRead(out var item))
                {
                    if (item.Frame is { } frame)
                        frames.Add(frame);
                    else
                        moved.Add(item.Channel);
                    bytes += FrameSize.Estimate(item.Frame);
                }

                var batch = new GatewayBatch(
                    silo, number, ++sequence, Interlocked.Exchange(ref _hasDropped, 0) == 1, [.. moved], [.. frames]);
                moved.Clear();
                frames.Clear();
                if (!await DeliverAsync(batch, stopping))
                    return;
                liveness.MarkSeen(Gateway);
                instruments.BatchDelivered(batch.Frames.Count);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The silo stops; gateways attach again to the next activations of their channels' grains.
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
                LogGatewayDisconnected(Gateway);
                return false;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                if (time.GetElapsedTime(started) > options.GatewayLease)
                {
                    LogGatewayUnreachable(exception, Gateway);
                    return false;
                }

                await Task.Delay(options.DeliverRetryDelay, time, stopping);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Gateway {Gateway} has disconnected; its outbox is closed.")]
    private partial void LogGatewayDisconnected(GatewayId gateway);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Gateway {Gateway} does not acknowledge batches; its outbox is closed. It attaches again when it is reachable.")]
    private partial void LogGatewayUnreachable(Exception exception, GatewayId gateway);
}
