namespace JubileeVerse.Queues.Jobs;

/// <summary>
/// The right to run a job. Leases of a job are ordered: a later grant compares higher, also after the queue has moved to another silo.
/// </summary>
/// <param name="Epoch">The queue's epoch, which is incremented in the store with each activation of its grain.</param>
/// <param name="Number">Incremented with each grant of the epoch.</param>
[GenerateSerializer, Immutable, Alias("JobLease")]
public readonly record struct JobLease(long Epoch, long Number) : IComparable<JobLease>
{
    private const int NumberBits = 32;

    /// <summary>One number that orders runs. It fits into a client's 53-bit integers for two million epochs.</summary>
    public long Run => (Epoch << NumberBits) | Number;

    public static JobLease FromRun(long run) => new(run >> NumberBits, run & ((1L << NumberBits) - 1));

    public int CompareTo(JobLease other) => Run.CompareTo(other.Run);

    public static bool operator <(JobLease left, JobLease right) => left.CompareTo(right) < 0;

    public static bool operator >(JobLease left, JobLease right) => left.CompareTo(right) > 0;

    public static bool operator <=(JobLease left, JobLease right) => left.CompareTo(right) <= 0;

    public static bool operator >=(JobLease left, JobLease right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{Epoch}.{Number}";
}
