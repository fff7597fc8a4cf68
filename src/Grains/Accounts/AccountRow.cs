namespace JubileeVerse.Accounts;

/// <summary>
/// A row of <c>users</c>. It has properties and no constructor parameters, because SQLite returns every integer as long and Dapper converts
/// only into properties.
/// </summary>
internal sealed class AccountRow
{
    public const string Columns =
        """
        id as Id, version as Version, email as Email, password_hash as PasswordHash, display_name as DisplayName, role as Role,
        plan as Plan, preferred_language as PreferredLanguage, default_persona as DefaultPersona, disabled as Disabled,
        created_at as CreatedAt
        """;

    public const string AdminRole = "admin";
    public const string UserRoleName = "user";

    public string Id { get; init; } = "";

    public long Version { get; init; }

    public string? Email { get; init; }

    public string? PasswordHash { get; init; }

    public string DisplayName { get; init; } = "";

    public string Role { get; init; } = "";

    public string Plan { get; init; } = "";

    public string PreferredLanguage { get; init; } = "";

    public string DefaultPersona { get; init; } = "";

    public bool Disabled { get; init; }

    public long CreatedAt { get; init; }

    public Account ToAccount() => new(
        UserId.Parse(Id),
        Version,
        Email,
        PasswordHash,
        DisplayName,
        Role == AdminRole ? UserRole.Admin : UserRole.User,
        Plan,
        PreferredLanguage,
        DefaultPersona,
        Disabled,
        CreatedAt);

    public static string RoleName(UserRole role) => role == UserRole.Admin ? AdminRole : UserRoleName;
}
