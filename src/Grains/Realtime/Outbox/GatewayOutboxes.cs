using System.Collections.Concurrent;
using JubileeVerse.Identity;
using JubileeVerse.Realtime.Frames;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Realtime.Outbox;

/// <summary>
/// One <see cref="GatewayOutbox"/> for each live gateway: those in the directory and those that attach to a channel of this silo.
/// </summary>
/// <remarks>
/// Grains publish frames while they are deactivated, so a stopping silo still has frames queued here. Orleans stops messaging a few
/// milliseconds later and does not wait for them, so the stop is delayed until they are delivered, but for at most one delivery timeout.
/// </remarks>
internal sealed class GatewayOutboxes(
    IOptions<RealtimeOptions> options,
    RealtimeInstruments instruments,
    GatewayLiveness liveness,
    TimeProvider time,
    ILogger<GatewayOutbox> logger) : IGatewayOutboxes, ILifecycleParticipant<ISiloLifecycle>
{
    private readonly ConcurrentDictionary<GatewayId, GatewayOutbox> _outboxes = new();
    private readonly CancellationTokenSource _stopping = new();
    private long _opened;

    public string Silo { get; } = IId<GatewayId>.New(time).ToString();

    /// <summary>Marks the gateway as seen, because it has attached to a channel of this silo, and opens an outbox for it.</summary>
    public void Open(GatewayId gateway, IGatewayObserver observer)
    {
        liveness.MarkSeen(gateway);
        OpenOutbox(gateway, observer);
    }

    public bool TrySend(GatewayId gateway, ChannelFrame frame)
    {
        if (!_outboxes.TryGetValue(gateway, out var outbox))
            return false;
        outbox.Send(frame);
        return true;
    }

    public void SendMoved(GatewayId gateway, ChannelName channel)
    {
        if (_outboxes.TryGetValue(gateway, out var outbox))
            outbox.SendMoved(channel);
    }

    public void SendMovedToOthers(IReadOnlyCollection<GatewayId> attached, ChannelName channel)
    {
        foreach (var (gateway, outbox) in _outboxes)
        {
            if (!attached.Contains(gateway))
                outbox.SendMoved(channel);
        }
    }

    /// <summary>
    /// Opens an outbox for each listed gateway that is not unreachable, and closes the outboxes of gateways that were not seen within the
    /// timeout. A gateway that is alive nevertheless attaches again and then detects that it missed frames.
    /// </summary>
    public void Synchronize(IReadOnlyCollection<GatewayRegistration> listed, TimeSpan timeout)
    {
        foreach (var gateway in listed)
        {
            if (!liveness.IsUnreachable(gateway.Id))
                OpenOutbox(gateway.Id, gateway.Observer);
        }

        foreach (var (gateway, outbox) in _outboxes)
        {
            if (liveness.TimeSinceLastSeen(gateway) is not { } elapsed || elapsed > timeout)
                Close(gateway, outbox);
        }
    }

    /// <summary>
    /// The stage stops after <see cref="ServiceLifecycleStage.GrainDeactivation"/> and before the stages that stop messaging.
    /// </summary>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(GatewayOutboxes), ServiceLifecycleStage.ApplicationServices, _ => Task.CompletedTask, StopAsync);

    /// <summary>Delivers the queued frames and ends the pumps.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var outboxes = _outboxes.Values;
        foreach (var outbox in outboxes)
            outbox.Close();
        await Task.WhenAll(outboxes.Select(outbox => outbox.Ended))
            .WaitAsync(options.Value.DeliverTimeout, time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stopping.CancelAsync();
    }

    private void OpenOutbox(GatewayId gateway, IGatewayObserver observer)
    {
        if (_outboxes.ContainsKey(gateway) || _stopping.IsCancellationRequested)
            return;

        var outbox = new GatewayOutbox(
            Silo, Interlocked.Increment(ref _opened), gateway, observer, options.Value, instruments, liveness, time, logger);
        if (_outboxes.TryAdd(gateway, outbox))
            Start(outbox);
    }

    private void Close(GatewayId gateway, GatewayOutbox outbox)
    {
        if (_outboxes.TryRemove(KeyValuePair.Create(gateway, outbox)))
            outbox.Close();
    }

    /// <summary>
    /// An outbox is opened inside a grain call, so its pump must leave the grain's scheduler: the pump awaits gateways, and a grain must
    /// not.
    /// </summary>
    private void Start(GatewayOutbox outbox)
    {
        using (ExecutionContext.IsFlowSuppressed() ? (AsyncFlowControl?)null : ExecutionContext.SuppressFlow())
        {
            _ = Task.Factory.StartNew(
                () => PumpAsync(outbox), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        }
    }

    private async Task PumpAsync(GatewayOutbox outbox)
    {
        await outbox.PumpAsync(_stopping.Token);
        _outboxes.TryRemove(KeyValuePair.Create(outbox.Gateway, outbox));
    }
}
