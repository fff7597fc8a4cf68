namespace JubileeVerse.ServiceDefaults.Configuration;

/// <summary>A configuration key that this process does not know.</summary>
/// <param name="Path">The full key, including the root.</param>
/// <param name="Nearest">The most similar known key of the same section; null if there is none.</param>
/// <param name="IsShared">True if another kind of process may know the key.</param>
public sealed record UnknownKey(string Path, string? Nearest, bool IsShared)
{
    public override string ToString() => Nearest is null ? $"'{Path}'" : $"'{Path}' (did you mean '{Nearest}'?)";
}
