namespace JubileeVerse.Accounts;

/// <summary>The first admin. Section <c>JubileeVerse:Admin</c>.</summary>
public sealed class AdminOptions
{
    /// <summary>Set together with <see cref="Password"/>; null: none is made.</summary>
    public string? Email { get; set; }

    /// <summary>Secret. Used when the account is made, never again: changing it here does not change the account's.</summary>
    public string? Password { get; set; }

    /// <summary>With neither of the two: makes an admin where the store has none, and logs its password that once. For hosts without an operator.</summary>
    public bool GenerateWhenMissing { get; set; }

    /// <summary>An empty value counts as none: that is what an environment variable without one gives.</summary>
    internal bool IsConfigured => !string.IsNullOrEmpty(Email) || !string.IsNullOrEmpty(Password);
}
