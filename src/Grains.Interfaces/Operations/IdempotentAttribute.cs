namespace JubileeVerse.Operations;

/// <summary>
/// Promises of a grain's method that a call which is repeated with the same arguments leaves the same behind as a single one, and that
/// the second answer is as good as the first. A gateway tries such a call again when its outcome is unknown; no other is ever repeated.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IdempotentAttribute : Attribute;
