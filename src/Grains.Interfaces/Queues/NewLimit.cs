namespace JubileeVerse.Queues;

/// <summary>A limit set by an operator.</summary>
/// <param name="Value">1 or more. Null restores the configured limit; for the queue's total concurrency, null removes the limit.</param>
[GenerateSerializer, Immutable, Alias("NewLimit")]
public sealed record NewLimit(int? Value);
