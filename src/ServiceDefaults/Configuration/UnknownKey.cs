namespace JubileeVerse.ServiceDefaults.Configuration;

/// <summary>A key that nobody reads.</summary>
/// <param name="Path">The whole key, with the root.</param>
/// <param name="Nearest">The known key beside it that looks most like it; null where there is none.</param>
/// <param name="IsShared">Another kind of process may know it.</param>
public sealed record UnknownKey(string Path, string? Nearest, bool IsShared)
{
    public override string ToString() => Nearest is null ? $"'{Path}'" : $"'{Path}' (did you mean '{Nearest}'?)";
}
