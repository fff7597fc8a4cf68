namespace JubileeVerse.Rules;

/// <summary>The rule of a new password. Its texts never contain the password.</summary>
public static class PasswordRule
{
    /// <summary>All faults, so that a user can mend them at once; empty for a valid password.</summary>
    public static IEnumerable<string> FindFaults(string? password)
    {
        password ??= "";
        if (password.Length < InputLimits.MinPasswordLength)
            yield return $"Must be at least {InputLimits.MinPasswordLength} characters.";
        if (password.Length > InputLimits.MaxPasswordLength)
            yield return $"Must be at most {InputLimits.MaxPasswordLength} characters.";
        if (!password.Any(char.IsUpper))
            yield return "Must contain an upper-case letter.";
        if (!password.Any(char.IsLower))
            yield return "Must contain a lower-case letter.";
        if (!password.Any(char.IsDigit))
            yield return "Must contain a digit.";
        if (!StorableText.IsStorable(password))
            yield return StorableText.Rule;
    }
}
