namespace JubileeVerse.Queues;

/// <summary>The load of a queue.</summary>
/// <param name="Open">Number of waiting, delayed and active jobs.</param>
/// <param name="EndedPerSecond">Average over the last minute.</param>
/// <param name="Paused">True if no job is started.</param>
[GenerateSerializer, Immutable, Alias("QueueLoad")]
public readonly record struct QueueLoad(int Open, double EndedPerSecond, bool Paused);
