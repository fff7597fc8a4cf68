using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Dispatch;
using JubileeVerse.Queues.Events;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Leases;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Queues.Intake;

/// <summary>
/// Takes jobs into a queue: loaded from the table, offered by their owner, or inserted by the queue itself. Calls may wait for the end of
/// a job.
/// </summary>
internal sealed class QueueIntake(
    QueueContext queue,
    QueueCatalog queues,
    NewJobValidator newJobs,
    JobClaims claims,
    JobChangeRecorder recorder,
    QueueEventPublisher events,
    QueueDispatcher dispatcher,
    CompletionWaiters completions)
{
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(25);
    private const int LoadChunk = 1000;

    /// <summary>The number of jobs that are being inserted and are not in the state yet.</summary>
    private int _insertingCount;

    /// <summary>Loads the stored jobs, at activation.</summary>
    /// <returns>
    /// Ended jobs whose rows must be deleted. The former activation stopped between the end and the deletion.
    /// </returns>
    public async Task<IReadOnlyList<JobId>> LoadAsync(CancellationToken cancellationToken)
    {
        var now = queue.NowMs();
        var pendingDeletes = new List<JobId>();
        var chunks = queue.Store.LoadAsync(queue.Name, now - QueueRules.Default.EndedRetentionMs, cancellationToken).Chunk(LoadChunk);
        await foreach (var rows in chunks.WithCancellation(cancellationToken))
        {
            foreach (var row in rows.Where(row => row.LeaseWorker is not null))
                dispatcher.RestoreWorker(row.LeaseWorker!);
            recorder.Record(queue.State.Intake.Load(rows, now));
            pendingDeletes.AddRange(rows.Where(row => row is { EndedAt: not null, Stop: StopRequest.Remove }).Select(row => row.Id));
        }

        return pendingDeletes;
    }

    /// <summary>Takes in jobs that their owner has stored. Returns the status of those that are open.</summary>
    public ImmutableArray<JobStatus> Offer(ImmutableArray<Job> jobs)
    {
        var now = queue.NowMs();
        foreach (var job in jobs)
        {
            if (queue.State.Intake.Accept(job, now) is not { Kind: AcceptKind.Accepted, Change: { } change })
                continue;
            queue.Recent.Add(job);
            recorder.Record(change);
        }

        dispatcher.Dispatch();
        return [.. jobs.Select(job => queue.State.StatusOf(job.Id, now)).OfType<JobStatus>()];
    }

    public async Task<ImmutableArray<AddedJob>> AddAsync(ImmutableArray<NewJob> jobs)
    {
        var now = queue.NowMs();
        var created = newJobs.Create(jobs, now);
        if (!jobs.Any(JobClaim.HasAny))
        {
            RequireCapacity(created.Length);
            await InsertAsync(created);
            return [.. created.Select(job => Added(job.Id))];
        }

        ImmutableArray<ImmutableArray<JobClaim>> claimsByJob = [.. jobs.Zip(created, (newJob, job) => JobClaim.For(newJob, job.Id))];
        JobClaim[] allClaims = [.. claimsByJob.SelectMany(each => each)];
        using var claimLock = await claims.LockAsync(allClaims);
        var duplicates = await claims.ReadAsync(allClaims, queue.NowMs());
        var holders = new ClaimHolder?[created.Length];
        for (var i = 0; i < created.Length; i++)
            holders[i] = duplicates.Find(created[i].Id, claimsByJob[i]);

        ImmutableArray<Job> added = [.. created.Where((_, i) => holders[i] is null)];
        JobClaim[] addedClaims = [.. claimsByJob.Where((_, i) => holders[i] is null).SelectMany(each => each)];
        RequireCapacity(added.Length);
        await InsertAsync(added, addedClaims, duplicates);
        return [.. created.Select((job, i) => holders[i] is { } holder ? Duplicate(holder) : Added(job.Id))];
    }

    /// <summary>Adds jobs that wait for other jobs, all or none.</summary>
    public async Task<AddedFlow> AddFlowAsync(NewFlow flow)
    {
        var jobs = newJobs.Create(flow, queue.NowMs());
        ImmutableArray<JobClaim> parentClaims = JobClaim.For(flow.Parent, jobs[^1].Id);
        ImmutableArray<ImmutableArray<JobClaim>> childClaims =
            [.. flow.Children.Zip(jobs, (child, job) => JobClaim.For(child.Job, job.Id))];
        JobClaim[] allClaims = [.. parentClaims, .. childClaims.SelectMany(each => each)];

        using var claimLock = await claims.LockAsync(allClaims);
        var duplicates = await claims.ReadAsync(allClaims, queue.NowMs());
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
        await InsertAsync(jobs, allClaims, duplicates);
        return new AddedFlow(Added(jobs[^1].Id), [.. jobs[..^1].Select(job => Added(job.Id))]);
    }

    /// <summary>
    /// Returns the job's final state, or its state after a timeout or when the queue moves to another silo; null when there is no such job.
    /// </summary>
    public async Task<JobState?> WaitAsync(JobId id, CancellationToken cancellationToken)
    {
        var end = completions.Enter(id);
        try
        {
            // Memory runs ahead of the store: when the stored job is open and the job in memory is not, its end is being written.
            if (!queue.IsOpen(id)
                && await StoredStateAsync(id) is var stored
                && (stored is null || !JobStateMachine.IsOpen(stored.Value)))
            {
                return stored;
            }

            return await end.WaitAsync(WaitTimeout, queue.Time, cancellationToken) ?? await StateAsync(id);
        }
        catch (TimeoutException)
        {
            return await StateAsync(id);
        }
        finally
        {
            completions.Leave(id);
        }
    }

    /// <summary>
    /// Inserts a job and executes the statements in one transaction. When the result of the write is unknown, this activation retires, and
    /// the next one reads what is stored.
    /// </summary>
    /// <param name="before">Statements before the insert.</param>
    /// <param name="after">Statements after the insert.</param>
    public async Task InsertAsync(Job job, IEnumerable<Statement> before, IEnumerable<Statement> after)
    {
        using var insertion = Prepare([job]);
        await queue.Changes.InsertAsync(insertion.Rows, before, after);
        Finish(insertion);
    }

    /// <summary>Inserts jobs without claims, all or none.</summary>
    private async Task InsertAsync(ImmutableArray<Job> jobs)
    {
        using var insertion = Prepare(jobs);
        await queue.Changes.InsertAsync(insertion.Rows);
        Finish(insertion);
    }

    /// <summary>Inserts jobs and their claims, all or none, and deletes the ended jobs that they replace.</summary>
    private async Task InsertAsync(ImmutableArray<Job> jobs, JobClaim[] jobClaims, DuplicateFinder duplicates)
    {
        if (jobs.IsEmpty)
            return;

        foreach (var job in jobs)
            queue.State.Intake.Forget(job.Id);
        var replaced = claims.Replace(jobs.Select(job => job.Id).Where(duplicates.Replaces));
        var claimed = claims.Claim(jobClaims, queue.NowMs());
        using var insertion = Prepare(jobs);
        await queue.Changes.InsertAsync(insertion.Rows, replaced, claimed);
        Finish(insertion);
        claims.MarkHeld(jobClaims);
    }

    private void RequireCapacity(int jobs)
    {
        var maxOpen = queues.OptionsFor(queue.Name).MaxOpen;
        var open = queue.State.OpenCount + _insertingCount;
        if (jobs == 0 || open + jobs <= maxOpen)
            return;

        throw new JubileeException(ErrorCode.QueueFull, $"Queue {queue.Name} has {open} of at most {maxOpen} open jobs; nothing was added.")
        {
            RetryAfter = QueueLoads.RetryAfter(queue.State.LoadOf(queue.NowMs()), open + jobs - maxOpen),
        };
    }

    private AddedJob Added(JobId id)
    {
        var status = queue.StatusOf(id);
        return new AddedJob(id, status?.State ?? JobState.Waiting, IsDuplicate: false, status?.Position, status?.EtaSeconds);
    }

    private AddedJob Duplicate(ClaimHolder holder)
    {
        events.PublishJobEvent(QueueEventKind.Duplicated, holder.Job, holder.State);
        var status = queue.StatusOf(holder.Job);
        return new AddedJob(holder.Job, status?.State ?? holder.State, IsDuplicate: true, status?.Position, status?.EtaSeconds);
    }

    private async Task<JobState?> StateAsync(JobId id) => queue.StatusOf(id)?.State ?? await StoredStateAsync(id);

    private async Task<JobState?> StoredStateAsync(JobId id) =>
        (await queue.Store.FindAsync(queue.Name, id, CancellationToken.None))?.State;

    /// <summary>Counts jobs against the capacity and for their users, before their rows are written.</summary>
    private Insertion Prepare(ImmutableArray<Job> jobs)
    {
        var insertion = new Insertion(this, [.. jobs.Select(queue.State.Intake.Prepare)]);
        _insertingCount += jobs.Length;
        return insertion;
    }

    /// <summary>Takes in jobs whose rows are committed; from now on they may start.</summary>
    private void Finish(Insertion insertion)
    {
        insertion.IsFinished = true;
        _insertingCount -= insertion.Jobs.Length;
        var now = queue.NowMs();
        foreach (var prepared in insertion.Jobs)
        {
            queue.State.Intake.Finish(prepared, now);
            queue.Recent.Add(prepared.Row.Job);
            events.PublishAdded(prepared.Row.Job);
        }

        dispatcher.Dispatch();
    }

    private void Abandon(Insertion insertion)
    {
        foreach (var prepared in insertion.Jobs)
            queue.State.Intake.Abandon(prepared);
        _insertingCount -= insertion.Jobs.Length;
    }

    /// <summary>Jobs that are being inserted. They are abandoned on disposal, unless they are finished.</summary>
    private sealed class Insertion(QueueIntake intake, PreparedJob[] jobs) : IDisposable
    {
        public PreparedJob[] Jobs => jobs;

        /// <summary>The jobs with their sort keys.</summary>
        public IReadOnlyCollection<(Job Job, long SortKey)> Rows { get; } =
            [.. jobs.Select(prepared => (prepared.Row.Job, prepared.Row.SortKey!.Value))];

        public bool IsFinished { get; set; }

        public void Dispose()
        {
            if (!IsFinished)
                intake.Abandon(this);
        }
    }
}
