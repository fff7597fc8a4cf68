namespace JubileeVerse.Queues.State;

/// <summary>What a queue knows: its open jobs, who runs them, what holds it, how fast it is. The parts of <see cref="QueueState"/> share one.</summary>
internal sealed class QueueMemory(QueueRules rules, QueueLimits limits, bool paused)
{
    public QueueRules Rules => rules;

    public JobBook Book { get; } = new(rules);

    public LeaseTable Leases { get; } = new(rules.LeaseMs);

    public StartGate Gate { get; } = new(rules, limits.StartsPerSecond, paused);

    public ServiceRate Service { get; } = new();

    /// <summary>Moves a job that does not run.</summary>
    public JobChange Move(OpenJob job, JobEvent e, long now, string? failure = null, long? place = null)
    {
        Book.Move(job, e, now, place: place);
        return ChangeOf(job, e, now, failure: failure);
    }

    /// <summary>Null for a job that is not open.</summary>
    public JobStanding? StandingOf(JobId id, long now) => Book.Find(CompactId.Of(id)) is { } job ? StandingOf(job, now) : null;

    public JobStanding StandingOf(OpenJob job, long now)
    {
        var position = Book.Backlog.PositionOf(job);
        return new(job.Id.ToJobId(), job.State, position, position is { } waiting ? Service.EtaSeconds(waiting, now) : null);
    }

    /// <summary>What the store must write of the job as it is now.</summary>
    public JobChange ChangeOf(
        OpenJob job,
        JobEvent? e,
        long now,
        long? readyAt = null,
        string? failure = null,
        string? result = null,
        long? startedAt = null,
        StopRequest stop = StopRequest.None) => new(
        job.Id.ToJobId(),
        e,
        job.State,
        job.AttemptsMade,
        job.StartedCount,
        job.StalledCount,
        job.Place,
        job.State == JobState.Delayed ? readyAt : null,
        job.LastRun == 0 ? null : job.LastRun,
        Leases.Find(job.Id)?.Worker,
        failure,
        result,
        startedAt,
        JobStateMachine.IsOpen(job.State) ? null : now)
        {
            Priority = job.Priority,
            OrderKey = job.OrderKey,
            Stop = Leases.Find(job.Id)?.Stop ?? stop,
        };
}
