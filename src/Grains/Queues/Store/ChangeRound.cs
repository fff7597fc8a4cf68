using JubileeVerse.Queues.State;

namespace JubileeVerse.Queues.Store;

/// <summary>The newest change of each job: one that comes before its older one was written takes its place.</summary>
internal sealed class ChangeRound : IWriteRound<JobChange>
{
    public const int MaxRows = 1024;

    private readonly Dictionary<JobId, JobChange> _byJob = [];

    public IReadOnlyCollection<JobChange> Changes => _byJob.Values;

    public bool TryAdd(JobChange change)
    {
        if (_byJob.TryGetValue(change.Id, out var older))
        {
            // A new place says nothing of the failure or the start that waits before it.
            _byJob[change.Id] = change with
            {
                Event = change.Event ?? older.Event,
                Failure = change.Failure ?? older.Failure,
                Result = change.Result ?? older.Result,
                StartedAt = change.StartedAt ?? older.StartedAt,
            };
            return true;
        }

        return _byJob.Count < MaxRows && _byJob.TryAdd(change.Id, change);
    }
}
