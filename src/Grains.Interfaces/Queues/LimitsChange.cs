namespace JubileeVerse.Queues;

/// <summary>What an operator changes of a queue's limits; what is null stays as it was set, or as it was not.</summary>
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
