using System.Collections.Concurrent;
using JubileeVerse.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Realtime;

/// <summary>One <see cref="GatewayOutbox"/> for each gateway that has attached to a channel of this silo.</summary>
internal sealed class GatewayOutboxes(
    IOptions<RealtimeOptions> options,
    RealtimeInstruments instruments,
    TimeProvider time,
    ILogger<GatewayOutbox> logger) : IGatewayOutboxes, IHostedService
{
    private readonly ConcurrentDictionary<GatewayId, GatewayOutbox> _outboxes = new();
    private readonly CancellationTokenSource _stopping = new();

    public string Silo { get; } = IId<GatewayId>.New(time).ToString();

    public void Open(GatewayId gateway, IGatewayObserver observer)
    {
        if (_outboxes.ContainsKey(gateway) || _stopping.IsCancellationRequested)
            return;

        var outbox = new GatewayOutbox(Silo, gateway, observer, options.Value, instruments, time, logger);
        if (_outboxes.TryAdd(gateway, outbox))
            Start(outbox);
    }

    public bool TrySend(GatewayId gateway, ChannelFrame frame)
    {
        if (!_outboxes.TryGetValue(gateway, out var outbox))
            return false;
        outbox.Send(frame);
        return true;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping.Cancel();
        return Task.CompletedTask;
    }

    /// <summary>Opened inside a grain's turn, so the pump must leave the grain's scheduler: it awaits gateways, turns never do.</summary>
    private void Start(GatewayOutbox outbox)
    {
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Factory.StartNew(
                () => PumpAsync(outbox), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        }
    }

    private async Task PumpAsync(GatewayOutbox outbox)
    {
        await outbox.PumpAsync(_stopping.Token);
        _outboxes.TryRemove(outbox.Gateway, out _);
    }
}
