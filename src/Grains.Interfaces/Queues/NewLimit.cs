namespace JubileeVerse.Queues;

/// <summary>A limit that an operator sets.</summary>
/// <param name="Value">1 or more; null gives the limit back to the options, and the one on the whole queue away.</param>
[GenerateSerializer, Immutable, Alias("NewLimit")]
public sealed record NewLimit(int? Value);
