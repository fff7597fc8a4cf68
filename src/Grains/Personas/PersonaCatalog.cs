using Microsoft.Extensions.Logging;

namespace JubileeVerse.Personas;

/// <summary>
/// One snapshot of the active personas a silo. However many callers find it cold, one load runs and all wait for it.
/// Once there, nobody waits again: after <see cref="Lifetime"/> the next caller starts a reload and gets the old snapshot,
/// and while the store is away the old one goes on serving, as personas change rarely and an outage must not silence them.
/// </summary>
internal sealed partial class PersonaCatalog(IPersonaStore store, TimeProvider time, ILogger<PersonaCatalog> logger) : IPersonaCatalog
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>How long a failed reload keeps the next one away.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private volatile PersonaSnapshot? _snapshot;
    private Task<PersonaSnapshot>? _load;
    private long _freshUntil;

    /// <summary>The load that runs now, if one does: for tests, which wait for it.</summary>
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
            // A caller that lost the race for the lock finds the load ended and its snapshot there: no second one.
            if (_snapshot is { } loaded && time.GetTimestamp() < _freshUntil)
                return Task.FromResult(loaded);

            // The load belongs to no caller: neither one's cancellation nor one grain's scheduler may hold up the others.
            return _load ??= Task.Factory.StartNew(
                LoadAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
        }
    }

    private async Task<PersonaSnapshot> LoadAsync()
    {
        try
        {
            var snapshot = new PersonaSnapshot(await store.LoadActiveAsync(CancellationToken.None));
            Settle(snapshot, Lifetime);
            LogLoaded(snapshot.Ordered.Length);
            return snapshot;
        }
        catch (Exception e)
        {
            LogLoadFailed(e, _snapshot is not null);
            Settle(_snapshot, RetryAfter);
            throw;
        }
    }

    private void Settle(PersonaSnapshot? snapshot, TimeSpan lifetime)
    {
        lock (_gate)
        {
            _snapshot = snapshot;
            _freshUntil = time.GetTimestamp() + (long)(lifetime.TotalSeconds * time.TimestampFrequency);
            _load = null;
        }
    }
}
