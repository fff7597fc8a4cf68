namespace JubileeVerse.Queues;

/// <summary>A change to the limits of a queue. A null property leaves the limit unchanged.</summary>
[GenerateSerializer, Immutable, Alias("LimitsChange")]
public sealed record LimitsChange
{
    [Id(0)]
    public NewLimit? ConcurrencyPerSilo { get; init; }

    [Id(1)]
    public NewLimit? StartsPerSecond { get; init; }

    [Id(2)]
    public NewLimit? Concurrency { get; init; }
}
