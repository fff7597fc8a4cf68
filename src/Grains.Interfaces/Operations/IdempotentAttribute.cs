namespace JubileeVerse.Operations;

/// <summary>
/// Declares that a grain method is idempotent: a repeated call with the same arguments has the same effect as a single one, and its result
/// is as valid as the first. A gateway retries such a call when its outcome is unknown. It never repeats any other call.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IdempotentAttribute : Attribute;
