using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Flows;
using JubileeVerse.Queues.State.Ranks;
using JubileeVerse.Queues.State.Retention;

namespace JubileeVerse.Queues.State.Jobs;

/// <summary>
/// The open jobs of a queue, indexed by id, sort key, due instant and user, and the ids of recently ended jobs.
/// All transitions go through <see cref="Move"/>, so that no index is forgotten.
/// </summary>
internal sealed class JobRegistry(QueueRules rules)
{
    private readonly ChainedIndex<IdChain> _byId = new();
    private readonly Backlog _backlog = new();
    private readonly DelayedJobs _delayed = new();
    private readonly FairShare _users = new();
    private readonly JobSettingsCache _settings = new();
    private readonly EndedJobs _ended = new(rules.EndedRetentionMs);
    private readonly FlowRegistry _flows = new();

    public int OpenCount => _byId.Count;

    public Backlog Backlog => _backlog;

    public FlowRegistry Flows => _flows;

    /// <summary>The instant at which the next delayed job is due; null when no job is delayed.</summary>
    public long? NextDueMs => _delayed.NextDueMs;

    public OpenJob? Find(CompactId id) => _byId.Find(id);

    /// <summary>The ids of the open jobs in a state, in the order of their sort keys.</summary>
    public CompactId[] IdsIn(JobState state)
    {
        var found = _byId.All().Where(job => job.State == state).ToArray();
        Array.Sort(found, OpenJob.CompareSortKey);
        return Array.ConvertAll(found, job => job.Id);
    }

    public bool HasEnded(CompactId id) => _ended.Contains(id);

    /// <summary>
    /// Adds a job that is not open yet, in the state of its row. A job without a sort key gets one, computed from
    /// <paramref name="acceptedAt"/>.
    /// </summary>
    /// <param name="row">The job's row.</param>
    /// <param name="acceptedAt">The instant at which the job is accepted or due.</param>
    /// <param name="readySince">The instant since which the job waits, when that is later than its acceptance; else 0.</param>
    public OpenJob Add(in StoredJob row, long acceptedAt, long readySince = 0)
    {
        var settings = _settings.GetOrAdd(row.Job);
        var job = new OpenJob(row, _users.Open(CompactId.From(row.Job.UserId), settings.Cost), settings);
        if (row.SortKey is null) job.SortKey = SortKeyFor(job, acceptedAt);
        job.ReadySinceMs = readySince;
        _ended.Remove(job.Id);
        _byId.Add(job);
        _backlog.Add(job);
        _flows.Add(job.Id, row);
        if (job.State == JobState.Delayed) Delay(job, row.ReadyAt ?? job.AcceptedAt);
        else if (job.State == JobState.Blocked && row.Job.Deadline is { } deadline) _delayed.Add(job, deadline);
        return job;
    }

    /// <summary>The sort key of an added job as if it were accepted at the given instant.</summary>
    public long SortKeyFor(OpenJob job, long acceptedAt) =>
        SortKey.Compute(acceptedAt, job.Priority, job.User.OpenCost - job.Settings.Cost, job.Settings.Weight, rules);

    /// <summary>The sort key of a job whose <see cref="Reserve">share is reserved</see> and that is not added yet.</summary>
    public long SortKeyFor(Job job, UserShare share, long acceptedAt) =>
        SortKey.Compute(acceptedAt, job.Priority, share.OpenCost - _settings.GetOrAdd(job).Cost, job.Weight, rules);

    /// <summary>Counts a job for its user before it is added; <see cref="Release"/> undoes it.</summary>
    public UserShare Reserve(Job job) => _users.Open(CompactId.From(job.UserId), _settings.GetOrAdd(job).Cost);

    public void Release(Job job, UserShare share) => _users.Close(share, _settings.GetOrAdd(job).Cost);

    /// <summary>Applies an event to an open job; the state machine must allow it.</summary>
    /// <param name="job">An open job.</param>
    /// <param name="e">The event.</param>
    /// <param name="nowMs">Unix milliseconds.</param>
    /// <param name="readyAt">The end of the delay, for an event that delays the job.</param>
    /// <param name="sortKey">A new sort key; null keeps the old one.</param>
    public void Move(OpenJob job, JobEvent e, long nowMs, long? readyAt = null, long? sortKey = null)
    {
        if (!JobStateMachine.TryMove(job.State, e, out var to))
            throw new InvalidOperationException($"Job {job.Id} is {job.State}; the event {e} is not allowed in this state.");

        if (job.State is JobState.Delayed or JobState.Blocked)
        {
            _delayed.Remove(job);
            job.ReadySinceMs = nowMs;
        }

        if (job.State == JobState.Blocked) _flows.Unblock(job.Id);
        if (JobStateMachine.IsOpen(to))
        {
            _backlog.Move(job, to, sortKey);
            if (to == JobState.Delayed) Delay(job, readyAt ?? nowMs);
            return;
        }

        _backlog.Remove(job);
        _byId.Remove(job);
        _users.Close(job.User, job.Settings.Cost);
        _ended.Add(job.Id, nowMs);
        job.State = to;
    }

    /// <summary>Gives an open job the priority and the sort key that it would have had with this priority from the start.</summary>
    public void SetPriority(OpenJob job, int priority) =>
        _backlog.SetPriority(job, priority, job.SortKey + ((priority - job.Priority) * rules.StepMs));

    /// <summary>
    /// The instant at which a delayed job is ready, even if its deadline passes before; null when the job is not delayed.
    /// </summary>
    public static long? ReadyAtOf(OpenJob job) => job.State == JobState.Delayed ? job.ReadySinceMs : null;

    /// <summary>The next job whose delay has elapsed or whose deadline has passed while it does not run, with the event to apply.</summary>
    public (OpenJob Job, JobEvent Event)? NextDue(long nowMs)
    {
        if (_delayed.PeekDue(nowMs) is { } delayed)
            return (delayed, delayed.Deadline <= nowMs ? JobEvent.DeadlinePassed : JobEvent.DelayElapsed);
        return _backlog.PeekPastDeadline(nowMs) is { } waiting ? (waiting, JobEvent.DeadlinePassed) : null;
    }

    public void RememberEnded(CompactId id, long endedAt) => _ended.Add(id, endedAt);

    public void ForgetEnded(CompactId id) => _ended.Remove(id);

    public void ForgetEnded(long nowMs) => _ended.RemoveExpired(nowMs);

    /// <summary>
    /// Schedules a delayed job. A job whose deadline passes before its delay ends is due at its deadline, so that it fails then.
    /// </summary>
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
