namespace JubileeVerse.Accounts;

/// <summary>Make an account, or turn a guest into one (who keeps their id and so all that is theirs).</summary>
/// <param name="Guest">The guest who registers; null for a new person.</param>
/// <param name="Email">Checked by the rules of <c>AccountRules</c>; compared without case.</param>
/// <param name="Password">At least 8 characters with an upper, a lower and a digit. Never logged.</param>
/// <param name="DisplayName">1 to 80 characters.</param>
/// <param name="PreferredLanguage">BCP 47; null keeps the default.</param>
/// <param name="Id">
/// The id of a new person, chosen by the caller: the command may be repeated, also by a guest, and a repeat answers with the account
/// that the first try made. Null: a repeat is refused as taken.
/// </param>
[GenerateSerializer, Immutable, Alias("RegisterAccount")]
public sealed record RegisterAccount(UserId? Guest, string Email, string Password, string DisplayName, string? PreferredLanguage, UserId? Id = null)
{
    public override string ToString() => nameof(RegisterAccount);
}
