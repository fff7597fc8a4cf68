namespace JubileeVerse.Accounts;

/// <summary>A user's change to their own profile. Null leaves a field unchanged.</summary>
[GenerateSerializer, Immutable, Alias("ProfileChange")]
public sealed record ProfileChange(string? DisplayName, string? PreferredLanguage, string? DefaultPersona);
