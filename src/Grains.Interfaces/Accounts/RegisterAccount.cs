namespace JubileeVerse.Accounts;

/// <summary>Registers an account, or turns a guest into one. A guest keeps their id and therefore all of their data.</summary>
/// <param name="Guest">The guest who registers; null for a new user.</param>
/// <param name="Email">Validated by <c>AccountRules</c>; compared case-insensitively.</param>
/// <param name="Password">At least 8 characters with an upper-case letter, a lower-case letter and a digit. Never logged.</param>
/// <param name="DisplayName">1 to 80 characters.</param>
/// <param name="PreferredLanguage">BCP 47; null uses the default.</param>
/// <param name="Id">
/// The id of a new user, chosen by the caller. It makes the command idempotent, also for a guest: a repeat returns the account that the
/// first attempt created. If it is null, a repeat is refused with <c>EmailTaken</c>.
/// </param>
[GenerateSerializer, Immutable, Alias("RegisterAccount")]
public sealed record RegisterAccount(
    UserId? Guest, string Email, string Password, string DisplayName, string? PreferredLanguage, UserId? Id = null)
{
    public override string ToString() => nameof(RegisterAccount);
}
