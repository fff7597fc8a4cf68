namespace JubileeVerse.Queues;

/// <summary>
/// The right to run a job, and the order among all runs of it: a later grant compares higher, also across moves of the queue.
/// </summary>
/// <param name="Epoch">The queue's epoch, raised in the store each time its grain activates.</param>
/// <param name="Number">Raised with each grant of an epoch.</param>
[GenerateSerializer, Immutable, Alias("JobLease")]
public readonly record struct JobLease(long Epoch, long Number) : IComparable<JobLease>
{
    private const int NumberBits = 32;

    /// <summary>One number that orders runs, exact in a client's 53-bit integers for two million epochs.</summary>
    public long Run => (Epoch << NumberBits) | Number;

    public static JobLease FromRun(long run) => new(run >> NumberBits, run & ((1L << NumberBits) - 1));

    public int CompareTo(JobLease other) => Run.CompareTo(other.Run);

    public static bool operator <(JobLease left, JobLease right) => left.CompareTo(right) < 0;

    public static bool operator >(JobLease left, JobLease right) => left.CompareTo(right) > 0;

    public static bool operator <=(JobLease left, JobLease right) => left.CompareTo(right) <= 0;

    public static bool operator >=(JobLease left, JobLease right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{Epoch}.{Number}";
}
