using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Queues;

/// <content>Jobs that the queue itself inserts, and calls that wait for a job's end.</content>
internal sealed partial class QueueGrain
{
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(25);

    private readonly CompletionWaiters _completionWaiters = new();
    private NewJobValidator _newJobs = null!;

    /// <summary>The number of jobs that are being inserted and are not in the state yet.</summary>
    private int _insertingCount;

    public async Task<ImmutableArray<AddedJob>> AddAsync(ImmutableArray<NewJob> jobs, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var created = _newJobs.Create(jobs, now);
        if (!jobs.Any(JobClaim.HasAny))
        {
            RequireCapacity(created.Length);
            await InsertAsync(created, changes.InsertAsync);
            return [.. created.Select(job => Added(job.Id))];
        }

        ImmutableArray<ImmutableArray<JobClaim>> claimsByJob = [.. jobs.Zip(created, (newJob, job) => JobClaim.For(newJob, job.Id))];
        JobClaim[] allClaims = [.. claimsByJob.SelectMany(each => each)];
        using var claimLock = await claims.LockAsync(allClaims);
        var duplicates = await claims.ReadAsync(allClaims, time.NowMs());
        var holders = new ClaimHolder?[created.Length];
        for (var i = 0; i < created.Length; i++)
            holders[i] = duplicates.Find(created[i].Id, claimsByJob[i]);

        ImmutableArray<Job> added = [.. created.Where((_, i) => holders[i] is null)];
        JobClaim[] addedClaims = [.. claimsByJob.Where((_, i) => holders[i] is null).SelectMany(each => each)];
        RequireCapacity(added.Length);
        foreach (var job in added)
            _state.Forget(job.Id);
        await InsertAsync(
            added,
            claims.Replace(added.Select(job => job.Id).Where(duplicates.Replaces)),
            claims.Claim(addedClaims, time.NowMs()));
        claims.MarkHeld(addedClaims);
        return [.. created.Select((job, i) => holders[i] is { } holder ? Duplicate(holder) : Added(job.Id))];
    }

    public async Task<JobState?> WaitAsync(JobId id, CancellationToken cancellationToken)
    {
        var end = _completionWaiters.Enter(id);
        try
        {
            // Memory runs ahead of the store: when the stored job is open and the job in memory is not, its end is being written.
            if (_state.StatusOf(id, time.NowMs()) is null
                && await StoredStateAsync(id) is var stored
                && (stored is null || !JobStateMachine.IsOpen(stored.Value)))
            {
                return stored;
            }

            return await end.WaitAsync(WaitTimeout, time, cancellationToken) ?? await StateAsync(id);
        }
        catch (TimeoutException)
        {
            return await StateAsync(id);
        }
        finally
        {
            _completionWaiters.Leave(id);
        }
    }

    private void RequireCapacity(int jobs)
    {
        var maxOpen = queues.OptionsFor(_name).MaxOpen;
        var open = _state.OpenCount + _insertingCount;
        if (jobs == 0 || open + jobs <= maxOpen)
            return;

        throw new JubileeException(ErrorCode.QueueFull, $"Queue {_name} has {open} of at most {maxOpen} open jobs; nothing was added.")
        {
            RetryAfter = QueueLoads.RetryAfter(_state.LoadOf(time.NowMs()), open + jobs - maxOpen),
        };
    }

    /// <summary>Inserts the jobs and executes the statements in one transaction.</summary>
    private Task InsertAsync(ImmutableArray<Job> jobs, IEnumerable<Statement> before, IEnumerable<Statement> after) =>
        InsertAsync(jobs, rows => changes.InsertAsync(rows, before, after));

    /// <summary>
    /// Inserts all jobs or none. When the result of the write is unknown, this activation retires, and the next one reads what is stored.
    /// </summary>
    private async Task InsertAsync(ImmutableArray<Job> jobs, Func<IReadOnlyCollection<(Job Job, long SortKey)>, Task> write)
    {
        if (jobs.IsEmpty)
            return;

        var preparedJobs = jobs.Select(_state.Prepare).ToArray();
        _insertingCount += jobs.Length;
        try
        {
            await write([.. jobs.Zip(preparedJobs, (job, prepared) => (job, prepared.Row.SortKey!.Value))]);
        }
        catch
        {
            foreach (var prepared in preparedJobs)
                _state.Abandon(prepared);
            throw;
        }
        finally
        {
            _insertingCount -= jobs.Length;
        }

        var now = time.NowMs();
        for (var i = 0; i < preparedJobs.Length; i++)
        {
            _state.Finish(preparedJobs[i], now);
            _recent.Add(jobs[i]);
            PublishAdded(jobs[i]);
        }

        Dispatch();
    }

    private AddedJob Added(JobId id)
    {
        var status = _state.StatusOf(id, time.NowMs());
        return new AddedJob(id, status?.State ?? JobState.Waiting, IsDuplicate: false, status?.Position, status?.EtaSeconds);
    }

    private AddedJob Duplicate(ClaimHolder holder)
    {
        PublishJobEvent(QueueEventKind.Duplicated, holder.Job, holder.State);
        var status = _state.StatusOf(holder.Job, time.NowMs());
        return new AddedJob(holder.Job, status?.State ?? holder.State, IsDuplicate: true, status?.Position, status?.EtaSeconds);
    }

    private async Task<JobState?> StateAsync(JobId id) => _state.StatusOf(id, time.NowMs())?.State ?? await StoredStateAsync(id);

    private async Task<JobState?> StoredStateAsync(JobId id) => (await store.FindAsync(_name, id, CancellationToken.None))?.State;
}
