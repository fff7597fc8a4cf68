namespace JubileeVerse.Accounts;

/// <summary>The first admin. Section <c>JubileeVerse:Admin</c>.</summary>
public sealed class AdminOptions
{
    /// <summary>Must be set together with <see cref="Password"/>; if null, no admin is created.</summary>
    public string? Email { get; set; }

    /// <summary>Secret. Used only when the account is created; a later change does not change the account's password.</summary>
    public string? Password { get; set; }

    /// <summary>
    /// If neither of the two is set, creates an admin when the store has none, and logs the generated password once. For hosts without an
    /// operator.
    /// </summary>
    public bool GenerateWhenMissing { get; set; }

    /// <summary>An empty value counts as unset, because an environment variable without a value yields an empty string.</summary>
    internal bool IsConfigured => !string.IsNullOrEmpty(Email) || !string.IsNullOrEmpty(Password);
}
