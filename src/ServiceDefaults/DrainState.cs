using Microsoft.Extensions.Hosting;

namespace JubileeVerse.ServiceDefaults;

/// <summary>Whether this process is on its way out: from then on it is not ready, though it still answers.</summary>
public sealed class DrainState
{
    private readonly CancellationToken _stopping;

    public DrainState(IHostApplicationLifetime lifetime) => _stopping = lifetime.ApplicationStopping;

    public bool IsDraining => _stopping.IsCancellationRequested;

    /// <summary>Cancelled when the drain begins.</summary>
    public CancellationToken Draining => _stopping;
}
