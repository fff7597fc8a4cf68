namespace JubileeVerse.Accounts;

/// <summary>A change to an account by an admin. Null leaves a field unchanged.</summary>
[GenerateSerializer, Immutable, Alias("AccountChange")]
public sealed record AccountChange(UserRole? Role, string? Plan, bool? Disabled);
