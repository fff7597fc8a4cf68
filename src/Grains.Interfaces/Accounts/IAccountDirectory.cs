using JubileeVerse.Paging;

namespace JubileeVerse.Accounts;

/// <summary>Finds people by other things than their id, and lets them in. A stateless worker; key 0.</summary>
[Alias("IAccountDirectory")]
public interface IAccountDirectory : IGrainWithIntegerKey
{
    [Alias("CreateGuestAsync")]
    Task<User> CreateGuestAsync(string? displayName, string? preferredLanguage, CancellationToken cancellationToken);

    /// <summary>Refuses with <c>EmailTaken</c>, <c>AlreadySignedUp</c>; throws <c>InvalidRequest</c> naming the field.</summary>
    [Alias("RegisterAsync")]
    Task<AccountResult> RegisterAsync(RegisterAccount command, CancellationToken cancellationToken);

    /// <summary>Refuses with <c>InvalidCredentials</c>, <c>AccountDisabled</c>, <c>RateLimited</c> (10 failures in 15 min for the account).</summary>
    [Alias("SignInAsync")]
    Task<AccountResult> SignInAsync(string email, string password, CancellationToken cancellationToken);

    /// <summary>People whose e-mail or display name contains the text, newest first.</summary>
    [Alias("SearchAsync")]
    Task<Page<User>> SearchAsync(string? text, PageRequest page, CancellationToken cancellationToken);
}
