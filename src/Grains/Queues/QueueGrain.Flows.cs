using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;

namespace JubileeVerse.Queues;

/// <content>Jobs that wait for others.</content>
internal sealed partial class QueueGrain
{
    public async Task<AddedFlow> AddFlowAsync(NewFlow flow, CancellationToken cancellationToken)
    {
        var asked = _newJobs.Of(flow, time.NowMs());
        ImmutableArray<JobClaim> parentClaims = JobClaim.Of(flow.Parent, asked[^1].Id);
        ImmutableArray<ImmutableArray<JobClaim>> childClaims = [.. flow.Children.Zip(asked, (child, made) => JobClaim.Of(child.Job, made.Id))];
        JobClaim[] asking = [.. parentClaims, .. childClaims.SelectMany(some => some)];

        using var turn = await claims.EnterAsync(asking);
        var duplicates = await claims.ReadAsync(asking, time.NowMs());
        if (duplicates.Find(asked[^1].Id, parentClaims) is { } known)
            return new AddedFlow(Duplicate(known), []);
        foreach (var (child, claimed) in asked.Zip(childClaims))
        {
            if (duplicates.Find(child.Id, claimed) is { } taken)
                throw new JubileeException(ErrorCode.JobStateConflict, $"Job {taken.Job} has the id or the key of the child {child.Id} already; nothing was added.");
        }

        RequireRoom(asked.Length);
        foreach (var job in asked)
            _state.Forget(job.Id);
        await InsertAsync(asked, claims.Replace(asked.Select(job => job.Id).Where(duplicates.Replaces)), claims.Claim(asking, time.NowMs()));
        claims.Held(asking);
        return new AddedFlow(Added(asked[^1].Id), [.. asked[..^1].Select(job => Added(job.Id))]);
    }

    /// <summary>A job's end is stored. Not before: a parent that starts finds what its children left.</summary>
    private void FollowFlow(JobChange change)
    {
        var moved = _state.EndStored(change.Id, change.State, time.NowMs());
        if (moved.IsEmpty)
            return;
        Record(moved);
        Dispatch();
    }
}
