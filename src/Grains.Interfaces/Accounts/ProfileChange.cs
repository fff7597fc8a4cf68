namespace JubileeVerse.Accounts;

/// <summary>A person's own change; null leaves a field as it is.</summary>
[GenerateSerializer, Immutable, Alias("ProfileChange")]
public sealed record ProfileChange(string? DisplayName, string? PreferredLanguage, string? DefaultPersona);
