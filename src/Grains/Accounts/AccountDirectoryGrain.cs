using System.Security.Cryptography;
using System.Text;
using JubileeVerse.Errors;
using JubileeVerse.Limits;
using JubileeVerse.Paging;
using JubileeVerse.Rules;
using JubileeVerse.Storage;
using Orleans.Concurrency;

namespace JubileeVerse.Accounts;

[StatelessWorker(MaxWorkers)]
internal sealed class AccountDirectoryGrain(IAccountStore accounts, PasswordHashing passwords, TimeProvider time)
    : Grain, IAccountDirectoryGrain
{
    /// <summary>A worker runs one call at a time, and a sign-in waits for a password hash.</summary>
    private const int MaxWorkers = 64;

    public async Task<User> CreateGuestAsync(
        UserId id, string? displayName, string? preferredLanguage, CancellationToken cancellationToken)
    {
        var guest = NewAccount(
            id,
            null,
            null,
            displayName is null ? Account.DefaultDisplayName : AccountRules.DisplayName(displayName),
            preferredLanguage is null ? null : AccountRules.Language(preferredLanguage));
        try
        {
            await accounts.AddAsync(guest, cancellationToken);
            return guest.ToUser();
        }
        catch (DuplicateKeyException)
        {
            var stored = await accounts.FindAsync(id, cancellationToken);
            return stored is { IsGuest: true }
                ? stored.ToUser()
                : throw JubileeException.Invalid("id", "Must not belong to an existing account.");
        }
    }

    public async Task<AccountResult> RegisterAsync(RegisterAccount command, CancellationToken cancellationToken)
    {
        var email = AccountRules.Email(command.Email);
        var password = AccountRules.Password(command.Password);
        var displayName = AccountRules.DisplayName(command.DisplayName);
        var language = command.PreferredLanguage is null ? null : AccountRules.Language(command.PreferredLanguage);

        // Checked before the expensive hash is computed; the unique key makes the final decision.
        if (await accounts.FindByEmailAsync(AccountRules.EmailKey(email), cancellationToken) is { } taken)
            return await ResolveConflictAsync(command, taken);

        var hash = await passwords.HashAsync(password);
        if (command.Guest is { } guest)
        {
            var signUp = new SignUp(email, hash, displayName, language);
            return await GrainFactory.GetGrain<IAccountSignUpGrain>(guest.Value).SignUpAsync(signUp, cancellationToken);
        }

        var account = NewAccount(command.Id ?? UserId.New(time), email, hash, displayName, language);
        try
        {
            await accounts.AddAsync(account, cancellationToken);
        }
        catch (DuplicateKeyException)
        {
            // Another registration was first, or an earlier attempt of this command was still being stored.
            return await accounts.FindByEmailAsync(AccountRules.EmailKey(email), cancellationToken) is { } other
                ? await ResolveConflictAsync(command, other)
                : AccountRefusals.EmailTaken();
        }

        return AccountResult.Success(account.ToUser());
    }

    public async Task<AccountResult> SignInAsync(string email, string password, CancellationToken cancellationToken)
    {
        var key = AccountRules.EmailKey(email);
        var account = StorableText.IsStorable(key) ? await accounts.FindByEmailAsync(key, cancellationToken) : null;

        // Failures are also counted for addresses without an account, so that a lock does not reveal which addresses have one.
        var grain = GrainFactory.GetGrain<IAccountGrain>(account?.Id.Value ?? LockKey(key));
        if (await grain.GetSignInLockoutAsync(cancellationToken) is { } locked)
            return AccountRefusals.Locked(locked);

        if (!await passwords.VerifyAsync(account?.PasswordHash, password))
        {
            await grain.SignInFailedAsync(cancellationToken);
            return AccountRefusals.InvalidCredentials();
        }

        return account!.Disabled ? AccountRefusals.Disabled() : AccountResult.Success(account.ToUser());
    }

    public Task<Page<User>> SearchAsync(string? text, PageRequest page, CancellationToken cancellationToken) =>
        accounts.SearchAsync(text, page, cancellationToken);

    /// <summary>
    /// Decides whether an existing account is the result of an earlier attempt of the same command. The account of a former guest has the
    /// guest's id in any case, so there the password decides whether it is the same command.
    /// </summary>
    private async Task<AccountResult> ResolveConflictAsync(RegisterAccount command, Account taken)
    {
        if (taken.Id != command.Guest)
            return command.Guest is null && taken.Id == command.Id ? AccountResult.Success(taken.ToUser()) : AccountRefusals.EmailTaken();

        var isRepeated = command.Id is not null && await passwords.VerifyAsync(taken.PasswordHash, command.Password);
        return isRepeated ? AccountResult.Success(taken.ToUser()) : AccountRefusals.AlreadySignedUp();
    }

    private static Guid LockKey(string emailKey) => new(SHA256.HashData(Encoding.UTF8.GetBytes(emailKey)).AsSpan(0, 16));

    private Account NewAccount(UserId id, string? email, string? passwordHash, string displayName, string? language) => new(
        id,
        Version: 1,
        email,
        passwordHash,
        displayName,
        UserRole.User,
        PlanNames.Free,
        language ?? Account.DefaultLanguage,
        Account.DefaultPersonaSlug,
        Disabled: false,
        time.GetUtcNow().ToUnixTimeMilliseconds());
}
