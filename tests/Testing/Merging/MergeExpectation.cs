namespace JubileeVerse.Testing.Merging;

/// <summary>What an implementation must do with a frame.</summary>
/// <param name="Outcome"><c>applied</c>, <c>trimmed</c>, <c>ignored</c>, <c>gap</c> or <c>refused</c>.</param>
/// <param name="Run">Afterwards; null when no run is known.</param>
/// <param name="Text">Afterwards.</param>
/// <param name="Why">Why this implementation differs from the others; null for the common expectation.</param>
public sealed record MergeExpectation(string Outcome, long? Run, string Text, string? Why = null);
