using Microsoft.Extensions.Hosting;

namespace JubileeVerse.ServiceDefaults.Drain;

/// <summary>Whether this process is draining. A draining process is not ready, but it still serves requests.</summary>
public sealed class DrainState : IDisposable
{
    private readonly CancellationTokenSource _draining = new();
    private readonly CancellationTokenRegistration _onStopping;

    /// <summary>Starts the drain also when the host is stopped without a signal.</summary>
    public DrainState(IHostApplicationLifetime lifetime) => _onStopping = lifetime.ApplicationStopping.Register(Begin);

    public bool IsDraining => _draining.IsCancellationRequested;

    /// <summary>Cancelled when the drain starts.</summary>
    public CancellationToken Draining => _draining.Token;

    public void Dispose()
    {
        _onStopping.Dispose();
        _draining.Dispose();
    }

    internal void Begin() => _draining.Cancel();
}
