using System.Collections.Concurrent;
using JubileeVerse.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Realtime;

/// <summary>One <see cref="GatewayOutbox"/> for each gateway that lives: those in the directory, and those that attach to a channel of this silo.</summary>
/// <remarks>
/// A silo that leaves has its last words here, as grains speak while they go. Orleans stops what carries them a few milliseconds later and does
/// not know that something waits, so leaving is held up until it has been delivered, but for no longer than one delivery may take.
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

    /// <summary>The gateway has attached to a channel of this silo: it lives, and there is a way to it from now on.</summary>
    public void Open(GatewayId gateway, IGatewayObserver observer)
    {
        liveness.Heard(gateway);
        OpenWay(gateway, observer);
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

    public void SendMovedToOthers(IReadOnlyCollection<GatewayId> known, ChannelName channel)
    {
        foreach (var (gateway, outbox) in _outboxes)
        {
            if (!known.Contains(gateway))
                outbox.SendMoved(channel);
        }
    }

    /// <summary>
    /// Opens a way to each gateway that the directory lists and that is not lost, and closes those to gateways that have given no sign of life
    /// for a while. One that lives all the same attaches again, and is found to have missed frames.
    /// </summary>
    public void Keep(IReadOnlyCollection<GatewayRegistration> listed, TimeSpan patience)
    {
        foreach (var gateway in listed)
        {
            if (!liveness.IsLost(gateway.Id))
                OpenWay(gateway.Id, gateway.Observer);
        }

        foreach (var (gateway, outbox) in _outboxes)
        {
            if (liveness.SilentFor(gateway) is not { } silentFor || silentFor > patience)
                Close(gateway, outbox);
        }
    }

    /// <summary>Stopped after <see cref="ServiceLifecycleStage.GrainDeactivation"/>, and before the stages at which messages are no longer sent.</summary>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(GatewayOutboxes), ServiceLifecycleStage.ApplicationServices, _ => Task.CompletedTask, StopAsync);

    /// <summary>Delivers what waits, and ends.</summary>
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

    private void OpenWay(GatewayId gateway, IGatewayObserver observer)
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

    /// <summary>Opened inside a grain's turn, so the pump must leave the grain's scheduler: it awaits gateways, turns never do.</summary>
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
