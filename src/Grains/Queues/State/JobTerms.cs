namespace JubileeVerse.Queues.State;

/// <summary>What jobs of one kind have in common in memory: a million of them share a few.</summary>
/// <param name="Attempts">How many runs may fail.</param>
/// <param name="Backoff">How the wait grows.</param>
/// <param name="BackoffMs">The first wait.</param>
/// <param name="Jitter">0 to 1.</param>
/// <param name="Weight">The user's share against others', 1 or more.</param>
/// <param name="Cost">What it counts for in its user's share, 1 or more.</param>
internal sealed record JobTerms(int Attempts, BackoffKind Backoff, int BackoffMs, double Jitter, int Weight, int Cost)
{
    public static JobTerms Of(in StoredJob row) => new(
        Math.Max(1, row.Attempts), row.Backoff, row.BackoffMs, row.Jitter, Math.Max(1, row.Weight), Math.Max(1, row.Cost));
}
