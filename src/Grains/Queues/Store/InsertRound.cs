
namespace JubileeVerse.Queues.Store;

/// <summary>The jobs of several calls, each call whole: all or none of them are stored.</summary>
internal sealed class InsertRound : IWriteRound<IReadOnlyCollection<(Job Job, long Place)>>
{
    public const int MaxRows = 1500;

    private readonly List<(Job Job, long Place)> _jobs = [];

    public IReadOnlyCollection<(Job Job, long Place)> Jobs => _jobs;

    public bool TryAdd(IReadOnlyCollection<(Job Job, long Place)> jobs)
    {
        if (_jobs.Count > 0 && _jobs.Count + jobs.Count > MaxRows)
            return false;
        _jobs.AddRange(jobs);
        return true;
    }
}
