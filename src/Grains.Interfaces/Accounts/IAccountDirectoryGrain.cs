using JubileeVerse.Operations;
using JubileeVerse.Paging;

namespace JubileeVerse.Accounts;

/// <summary>Finds users by anything other than their id, registers them and signs them in. A stateless worker; key 0.</summary>
[Alias("IAccountDirectory"), GrainInterfaceType("JubileeVerse.Accounts.IAccountDirectory")]
public interface IAccountDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Creates a guest with an id chosen by the caller. A repeated call returns the stored guest.</summary>
    [Idempotent, Alias("CreateGuestAsync")]
    Task<User> CreateGuestAsync(UserId id, string? displayName, string? preferredLanguage, CancellationToken cancellationToken);

    /// <summary>Refuses with <c>EmailTaken</c> or <c>AlreadySignedUp</c>. Throws <c>InvalidRequest</c>, which names the field.</summary>
    [Idempotent, Alias("RegisterAsync")]
    Task<AccountResult> RegisterAsync(RegisterAccount command, CancellationToken cancellationToken);

    /// <summary>
    /// Refuses with <c>InvalidCredentials</c>, <c>AccountDisabled</c> or <c>RateLimited</c> (10 failures in 15 min for the account).
    /// A repeated call may count a wrong password twice, which locks the account sooner but never later.
    /// </summary>
    [Idempotent, Alias("SignInAsync")]
    Task<AccountResult> SignInAsync(string email, string password, CancellationToken cancellationToken);

    /// <summary>Users whose e-mail or display name contains the text, newest first.</summary>
    [Idempotent, Alias("SearchAsync")]
    Task<Page<User>> SearchAsync(string? text, PageRequest page, CancellationToken cancellationToken);
}
