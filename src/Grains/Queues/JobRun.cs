namespace JubileeVerse.Queues;

/// <summary>One attempt at a job.</summary>
public sealed class JobRun(JobGrant grant)
{
    public Job Job => grant.Job;

    public JobLease Lease => grant.Lease;

    /// <summary>1 for the first.</summary>
    public int Attempt => grant.Attempt;

    /// <summary>Set before the run's token is cancelled.</summary>
    public JobStopReason? StopReason { get; internal set; }
}
