using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store.Rows;

namespace JubileeVerse.Queues;

/// <content>Flows: jobs that wait for other jobs.</content>
internal sealed partial class QueueGrain
{
    public async Task<AddedFlow> AddFlowAsync(NewFlow flow, CancellationToken cancellationToken)
    {
        var jobs = _newJobs.Create(flow, time.NowMs());
        ImmutableArray<JobClaim> parentClaims = JobClaim.For(flow.Parent, jobs[^1].Id);
        ImmutableArray<ImmutableArray<JobClaim>> childClaims =
            [.. flow.Children.Zip(jobs, (child, job) => JobClaim.For(child.Job, job.Id))];
        JobClaim[] allClaims = [.. parentClaims, .. childClaims.SelectMany(each => each)];

        using var claimLock = await claims.LockAsync(allClaims);
        var duplicates = await claims.ReadAsync(allClaims, time.NowMs());
        if (duplicates.Find(jobs[^1].Id, parentClaims) is { } holder)
            return new AddedFlow(Duplicate(holder), []);
        foreach (var (child, childClaim) in jobs.Zip(childClaims))
        {
            if (duplicates.Find(child.Id, childClaim) is not { } other)
                continue;
            throw new JubileeException(
                ErrorCode.JobStateConflict,
                $"The id or the deduplication key of the child {child.Id} is already used by job {other.Job}; nothing was added.");
        }

        RequireCapacity(jobs.Length);
        foreach (var job in jobs)
            _state.Forget(job.Id);
        await InsertAsync(
            jobs,
            claims.Replace(jobs.Select(job => job.Id).Where(duplicates.Replaces)),
            claims.Claim(allClaims, time.NowMs()));
        claims.MarkHeld(allClaims);
        return new AddedFlow(Added(jobs[^1].Id), [.. jobs[..^1].Select(job => Added(job.Id))]);
    }

    /// <summary>
    /// Moves the parent of a job whose end is stored: it becomes ready or fails. It must not be called before the end is stored, because
    /// the parent's run reads the results of its children.
    /// </summary>
    private void UpdateParent(JobChange change)
    {
        var moved = _state.EndStored(change.Id, change.State, time.NowMs());
        if (moved.IsEmpty)
            return;
        Record(moved);
        Dispatch();
    }
}
