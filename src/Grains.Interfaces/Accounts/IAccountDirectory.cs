using JubileeVerse.Operations;
using JubileeVerse.Paging;

namespace JubileeVerse.Accounts;

/// <summary>Finds people by other things than their id, and lets them in. A stateless worker; key 0.</summary>
[Alias("IAccountDirectory")]
public interface IAccountDirectory : IGrainWithIntegerKey
{
    /// <summary>The id is the caller's choice: repeating it answers with the stored guest.</summary>
    [Idempotent, Alias("CreateGuestAsync")]
    Task<User> CreateGuestAsync(UserId id, string? displayName, string? preferredLanguage, CancellationToken cancellationToken);

    /// <summary>Refuses with <c>EmailTaken</c>, <c>AlreadySignedUp</c>; throws <c>InvalidRequest</c> naming the field.</summary>
    [Idempotent, Alias("RegisterAsync")]
    Task<AccountResult> RegisterAsync(RegisterAccount command, CancellationToken cancellationToken);

    /// <summary>
    /// Refuses with <c>InvalidCredentials</c>, <c>AccountDisabled</c>, <c>RateLimited</c> (10 failures in 15 min for the account).
    /// Repeated, a wrong password may be counted twice, which locks sooner and never later.
    /// </summary>
    [Idempotent, Alias("SignInAsync")]
    Task<AccountResult> SignInAsync(string email, string password, CancellationToken cancellationToken);

    /// <summary>People whose e-mail or display name contains the text, newest first.</summary>
    [Idempotent, Alias("SearchAsync")]
    Task<Page<User>> SearchAsync(string? text, PageRequest page, CancellationToken cancellationToken);
}
