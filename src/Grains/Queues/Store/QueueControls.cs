namespace JubileeVerse.Queues.Store;

/// <summary>What an operator has set for a queue; null leaves it to the options, and <see cref="Concurrency"/> unbounded.</summary>
internal sealed record QueueControls(int? ConcurrencyPerSilo, int? StartsPerSecond, int? Concurrency)
{
    public static QueueControls Of(QueueLimits limits) => new(limits.ConcurrencyPerSilo, limits.StartsPerSecond, limits.Concurrency);

    /// <summary>What is in force.</summary>
    public QueueLimits Over(QueueOptions options) => new(
        ConcurrencyPerSilo ?? options.ConcurrencyPerSilo,
        StartsPerSecond ?? options.StartsPerSecond)
    {
        Concurrency = Concurrency,
    };
}
