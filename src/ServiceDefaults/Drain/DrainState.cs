using Microsoft.Extensions.Hosting;

namespace JubileeVerse.ServiceDefaults.Drain;

/// <summary>Whether this process is on its way out: from then on it is not ready, though it still answers.</summary>
public sealed class DrainState : IDisposable
{
    private readonly CancellationTokenSource _draining = new();
    private readonly CancellationTokenRegistration _onStopping;

    /// <summary>A host that is stopped without a signal drains from that moment.</summary>
    public DrainState(IHostApplicationLifetime lifetime) => _onStopping = lifetime.ApplicationStopping.Register(Begin);

    public bool IsDraining => _draining.IsCancellationRequested;

    /// <summary>Cancelled when the drain begins.</summary>
    public CancellationToken Draining => _draining.Token;

    public void Dispose()
    {
        _onStopping.Dispose();
        _draining.Dispose();
    }

    internal void Begin() => _draining.Cancel();
}
