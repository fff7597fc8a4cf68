namespace JubileeVerse.Rules;

/// <summary>How many personas a conversation or a turn may have.</summary>
public static class PersonaCountRule
{
    public static string? FindFault(int count) => count is > 0 and <= InputLimits.MaxPersonas
        ? null
        : $"Must list 1 to {InputLimits.MaxPersonas} personas; it has {count}.";
}
