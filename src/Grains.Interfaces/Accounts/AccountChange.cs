namespace JubileeVerse.Accounts;

/// <summary>An admin's change; null leaves a field as it is.</summary>
[GenerateSerializer, Immutable, Alias("AccountChange")]
public sealed record AccountChange(UserRole? Role, string? Plan, bool? Disabled);
