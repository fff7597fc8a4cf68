namespace JubileeVerse.Rules;

/// <summary>A display name is stored without surrounding white space, and the rule applies to what is stored.</summary>
public static class DisplayNameRule
{
    public const string ControlRule = "Must not contain control characters.";

    public static string? FindFault(string? name)
    {
        var stored = name?.Trim();
        return TextField.FindFault(stored, InputLimits.MaxDisplayNameLength) ?? (stored!.Any(char.IsControl) ? ControlRule : null);
    }

    /// <summary>As <see cref="FindFault"/>, but null is valid, because the field was not sent.</summary>
    public static string? FindOptionalFault(string? name)
    {
        if (name is null)
            return null;
        return string.IsNullOrWhiteSpace(name) ? TextField.BlankRule : FindFault(name);
    }
}
