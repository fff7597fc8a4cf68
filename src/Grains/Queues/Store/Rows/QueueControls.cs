using JubileeVerse.Queues.Configuration;

namespace JubileeVerse.Queues.Store.Rows;

/// <summary>
/// The limits that an operator has set for a queue. Null means the value of the options, and no limit for <see cref="Concurrency"/>.
/// </summary>
internal sealed record QueueControls(int? ConcurrencyPerSilo, int? StartsPerSecond, int? Concurrency)
{
    public QueueControls With(LimitsChange change) => new(
        Changed(ConcurrencyPerSilo, change.ConcurrencyPerSilo),
        Changed(StartsPerSecond, change.StartsPerSecond),
        Changed(Concurrency, change.Concurrency));

    /// <summary>The limits in force: these values, or else those of the options.</summary>
    public QueueLimits ApplyTo(QueueOptions options) => new(
        ConcurrencyPerSilo ?? options.ConcurrencyPerSilo,
        StartsPerSecond ?? options.StartsPerSecond)
    {
        Concurrency = Concurrency,
    };

    private static int? Changed(int? current, NewLimit? change) => change is null ? current : change.Value;
}
