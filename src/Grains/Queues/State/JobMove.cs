namespace JubileeVerse.Queues.State;

/// <summary>A waiting job whose place somebody should hear of.</summary>
internal readonly record struct JobMove(JobStanding Standing, string? OrderKey);
