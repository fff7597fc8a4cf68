using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.Store.Writing;

/// <summary>A batch with the newest change of each job. A change replaces an older one of the same job that is not written yet.</summary>
internal sealed class ChangeBatch : IWriteBatch<JobChange>
{
    public const int MaxRows = 1024;

    private readonly Dictionary<JobId, JobChange> _byJob = [];

    public IReadOnlyCollection<JobChange> Changes => _byJob.Values;

    public bool TryAdd(JobChange change)
    {
        if (_byJob.TryGetValue(change.Id, out var older))
        {
            // A change of only the sort key has no event, failure, result or start; those of the older change must still be written.
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
