namespace JubileeVerse.Queues.Store;

/// <summary>What an operator has set for a queue; null leaves it to the options, and <see cref="Concurrency"/> unbounded.</summary>
internal sealed record QueueControls(int? ConcurrencyPerSilo, int? StartsPerSecond, int? Concurrency)
{
    public QueueControls With(LimitsChange change) => new(
        Changed(ConcurrencyPerSilo, change.ConcurrencyPerSilo),
        Changed(StartsPerSecond, change.StartsPerSecond),
        Changed(Concurrency, change.Concurrency));

    /// <summary>What is in force.</summary>
    public QueueLimits Over(QueueOptions options) => new(
        ConcurrencyPerSilo ?? options.ConcurrencyPerSilo,
        StartsPerSecond ?? options.StartsPerSecond)
    {
        Concurrency = Concurrency,
    };

    private static int? Changed(int? now, NewLimit? change) => change is null ? now : change.Value;
}
