using Microsoft.Extensions.Logging;

namespace JubileeVerse.Personas;

/// <summary>
/// One snapshot of the active personas per silo. While there is no snapshot, a single load runs and all callers wait for it.
/// Afterwards no caller waits: once <see cref="Lifetime"/> has passed, the next caller starts a reload and gets the old snapshot. While the
/// store is unavailable, the old snapshot stays in use, because personas change rarely and an outage must not stop their replies.
/// </summary>
internal sealed partial class PersonaCatalog(IPersonaStore store, TimeProvider time, ILogger<PersonaCatalog> logger) : IPersonaCatalog
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>Delay between a failed reload and the next one.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private volatile PersonaSnapshot? _snapshot;
    private Task<PersonaSnapshot>? _load;
    private long _freshUntil;

    /// <summary>The running load, which tests await; null if none is running.</summary>
    internal Task? Reload => _load;

    public async ValueTask<PersonaProfile?> FindAsync(PersonaId id, CancellationToken cancellationToken) =>
        (await SnapshotAsync(cancellationToken)).Find(id);

    public ValueTask<PersonaSnapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        if (_snapshot is { } fresh && time.GetTimestamp() < Volatile.Read(ref _freshUntil))
            return ValueTask.FromResult(fresh);

        var load = StartLoad();
        return _snapshot is { } stale ? ValueTask.FromResult(stale) : new ValueTask<PersonaSnapshot>(load.WaitAsync(cancellationToken));
    }

    private Task<PersonaSnapshot> StartLoad()
    {
        lock (_gate)
        {
            // A caller that waited for the lock finds the snapshot of the completed load and must not start a second load.
            if (_snapshot is { } loaded && time.GetTimestamp() < _freshUntil)
                return Task.FromResult(loaded);

            // The load is independent of its caller, because one caller's cancellation or grain scheduler must not delay the others.
            return _load ??= Task.Factory.StartNew(
                LoadAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
        }
    }

    private async Task<PersonaSnapshot> LoadAsync()
    {
        try
        {
            var snapshot = new PersonaSnapshot(await store.LoadActiveAsync(CancellationToken.None));
            CompleteLoad(snapshot, Lifetime);
            LogLoaded(snapshot.Ordered.Length);
            return snapshot;
        }
        catch (Exception e)
        {
            LogLoadFailed(e, _snapshot is not null);
            CompleteLoad(_snapshot, RetryAfter);
            throw;
        }
    }

    private void CompleteLoad(PersonaSnapshot? snapshot, TimeSpan lifetime)
    {
        lock (_gate)
        {
            _snapshot = snapshot;
            _freshUntil = time.GetTimestamp() + (long)(lifetime.TotalSeconds * time.TimestampFrequency);
            _load = null;
        }
    }
}
