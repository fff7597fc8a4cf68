namespace JubileeVerse.Queues.State;

/// <summary>
/// The open jobs of a queue, by id, by place, by due instant and by user, and the ids of those that ended lately.
/// One method moves a job, so that no structure is forgotten.
/// </summary>
internal sealed class JobBook(QueueRules rules)
{
    private readonly ChainedIndex<IdChain> _byId = new();
    private readonly Backlog _backlog = new();
    private readonly DelayedJobs _delayed = new();
    private readonly FairShare _users = new();
    private readonly SharedTerms _terms = new();
    private readonly EndedJobs _ended = new(rules.EndedKeptMs);
    private readonly FlowBook _flows = new();

    public int Open => _byId.Count;

    public Backlog Backlog => _backlog;

    public FlowBook Flows => _flows;

    /// <summary>When the next delayed job is due; null when none is.</summary>
    public long? NextDueMs => _delayed.NextDueMs;

    public OpenJob? Find(CompactId id) => _byId.Find(id);

    /// <summary>The open jobs in a state, in the order of their places.</summary>
    public CompactId[] IdsIn(JobState state)
    {
        var found = _byId.All().Where(job => job.State == state).ToArray();
        Array.Sort(found, OpenJob.ComparePlace);
        return Array.ConvertAll(found, job => job.Id);
    }

    public bool HasEnded(CompactId id) => _ended.Contains(id);

    /// <summary>Adds a job that is not open here, in the state of its row; one without a place gets it, from the instant at which it is accepted or due.</summary>
    /// <param name="row">The job.</param>
    /// <param name="acceptedAt">For its place.</param>
    /// <param name="readySince">For one that waits and did not from its acceptance.</param>
    public OpenJob Add(in StoredJob row, long acceptedAt, long readySince = 0)
    {
        var terms = _terms.Of(row);
        var job = new OpenJob(row, _users.Open(CompactId.Of(row.UserId), terms.Cost), terms);
        if (row.Place is null) job.Place = PlaceFrom(job, acceptedAt);
        job.ReadySinceMs = readySince;
        _ended.Remove(job.Id);
        _byId.Add(job);
        _backlog.Add(job);
        _flows.Add(job.Id, row);
        if (job.State == JobState.Delayed) Delay(job, row.ReadyAt ?? row.AcceptedAt);
        else if (job.State == JobState.Blocked && row.Deadline is { } deadline) _delayed.Add(job, deadline);
        return job;
    }

    /// <summary>The place of a job that is accepted, again or for the first time, at the instant.</summary>
    public long PlaceFrom(OpenJob job, long acceptedAt) =>
        Place.Of(acceptedAt, job.Priority, job.User.OpenCost - job.Terms.Cost, job.Terms.Weight, rules);

    /// <summary>The place of a job whose <see cref="Reserve">share is reserved</see> and that is not added yet.</summary>
    public long PlaceFrom(in StoredJob row, UserShare share, long acceptedAt) =>
        Place.Of(acceptedAt, row.Priority, share.OpenCost - _terms.Of(row).Cost, row.Weight, rules);

    /// <summary>Counts a job for its user before it is added; <see cref="Release"/> ends that.</summary>
    public UserShare Reserve(in StoredJob row) => _users.Open(CompactId.Of(row.UserId), _terms.Of(row).Cost);

    public void Release(in StoredJob row, UserShare share) => _users.Close(share, _terms.Of(row).Cost);

    /// <summary>Moves an open job by an event that the state machine allows.</summary>
    /// <param name="job">An open job.</param>
    /// <param name="e">What happened.</param>
    /// <param name="nowMs">Now.</param>
    /// <param name="readyAt">For an event that delays.</param>
    /// <param name="place">A new place; null keeps it.</param>
    public void Move(OpenJob job, JobEvent e, long nowMs, long? readyAt = null, long? place = null)
    {
        if (!JobStateMachine.TryMove(job.State, e, out var to))
            throw new InvalidOperationException($"Job {job.Id} is {job.State}, where {e} cannot happen.");

        if (job.State is JobState.Delayed or JobState.Blocked)
        {
            _delayed.Remove(job);
            job.ReadySinceMs = nowMs;
        }

        if (job.State == JobState.Blocked) _flows.Unblock(job.Id);
        if (JobStateMachine.IsOpen(to))
        {
            _backlog.Move(job, to, place);
            if (to == JobState.Delayed) Delay(job, readyAt ?? nowMs);
            return;
        }

        _backlog.Remove(job);
        _byId.Remove(job);
        _users.Close(job.User, job.Terms.Cost);
        _ended.Add(job.Id, nowMs);
        job.State = to;
    }

    /// <summary>Moves an open job to where it would be had it always had the priority.</summary>
    public void SetPriority(OpenJob job, int priority) =>
        _backlog.SetPriority(job, priority, job.Place + ((priority - job.Priority) * rules.StepMs));

    /// <summary>When a delayed job is ready, though its deadline may be before that; null when it is not delayed.</summary>
    public static long? ReadyAtOf(OpenJob job) => job.State == JobState.Delayed ? job.ReadySinceMs : null;

    /// <summary>The next job that is not running and whose delay or deadline has come, with the event that it meets.</summary>
    public (OpenJob Job, JobEvent Event)? NextDue(long nowMs)
    {
        if (_delayed.PeekDue(nowMs) is { } delayed)
            return (delayed, delayed.Deadline <= nowMs ? JobEvent.DeadlinePassed : JobEvent.DelayElapsed);
        return _backlog.PeekPastDeadline(nowMs) is { } waiting ? (waiting, JobEvent.DeadlinePassed) : null;
    }

    public void RememberEnded(CompactId id, long endedAt) => _ended.Add(id, endedAt);

    public void ForgetEnded(CompactId id) => _ended.Remove(id);

    public void ForgetEnded(long nowMs) => _ended.Forget(nowMs);

    /// <summary>A delayed job that would miss its deadline is looked at when that passes, not when the delay does.</summary>
    private void Delay(OpenJob job, long readyAt)
    {
        job.ReadySinceMs = readyAt;
        _delayed.Add(job, Math.Min(readyAt, job.Deadline));
    }

    private readonly struct IdChain : IChain
    {
        public static CompactId KeyOf(OpenJob job) => job.Id;

        public static ref OpenJob? NextOf(OpenJob job) => ref job.NextById;
    }
}
