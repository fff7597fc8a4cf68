using System.Security.Cryptography;
using System.Text;
using JubileeVerse.Errors;
using JubileeVerse.Limits;
using JubileeVerse.Paging;
using JubileeVerse.Storage;
using Orleans.Concurrency;

namespace JubileeVerse.Accounts;

[StatelessWorker(MaxWorkers)]
internal sealed class AccountDirectory(IAccountStore accounts, PasswordHashing passwords, TimeProvider time) : Grain, IAccountDirectory
{
    /// <summary>A worker does one call at a time, and a sign-in waits for its hash.</summary>
    private const int MaxWorkers = 64;

    public async Task<User> CreateGuestAsync(
        UserId id, string? displayName, string? preferredLanguage, CancellationToken cancellationToken)
    {
        var guest = NewAccount(
            id,
            null,
            null,
            displayName is null ? Account.FirstDisplayName : AccountRules.DisplayName(displayName),
            preferredLanguage is null ? null : AccountRules.Language(preferredLanguage));
        try
        {
            await accounts.AddAsync(guest, cancellationToken);
            return guest.ToUser();
        }
        catch (DuplicateKeyException)
        {
            var stored = await accounts.FindAsync(id, cancellationToken);
            return stored is { IsGuest: true } ? stored.ToUser() : throw JubileeException.Invalid("id", "It is somebody's.");
        }
    }

    public async Task<AccountResult> RegisterAsync(RegisterAccount command, CancellationToken cancellationToken)
    {
        var email = AccountRules.Email(command.Email);
        var password = AccountRules.Password(command.Password);
        var displayName = AccountRules.DisplayName(command.DisplayName);
        var language = command.PreferredLanguage is null ? null : AccountRules.Language(command.PreferredLanguage);

        // Asked before the hash is made, which costs more; the unique key decides.
        if (await accounts.FindByEmailAsync(AccountRules.EmailKey(email), cancellationToken) is { } taken)
            return await TakenAsync(command, taken);

        var hash = await passwords.HashAsync(password);
        if (command.Guest is { } guest)
        {
            var signUp = new SignUp(email, hash, displayName, language);
            return await GrainFactory.GetGrain<IAccountSignUp>(guest.Value).SignUpAsync(signUp, cancellationToken);
        }

        var account = NewAccount(command.Id ?? UserId.New(time), email, hash, displayName, language);
        try
        {
            await accounts.AddAsync(account, cancellationToken);
        }
        catch (DuplicateKeyException)
        {
            // By somebody who came first, or by the same command, whose first try was still on its way.
            return await accounts.FindByEmailAsync(AccountRules.EmailKey(email), cancellationToken) is { } other
                ? await TakenAsync(command, other)
                : AccountRefusals.EmailTaken();
        }

        return AccountResult.Of(account.ToUser());
    }

    public async Task<AccountResult> SignInAsync(string email, string password, CancellationToken cancellationToken)
    {
        var key = AccountRules.EmailKey(email);
        var account = AccountRules.IsWellFormed(key) ? await accounts.FindByEmailAsync(key, cancellationToken) : null;

        // Failures are counted for addresses without an account too: a lock must not tell which ones have one.
        var grain = GrainFactory.GetGrain<IAccountGrain>(account?.Id.Value ?? StandIn(key));
        if (await grain.SignInLockedForAsync(cancellationToken) is { } locked)
            return AccountRefusals.Locked(locked);

        if (!await passwords.VerifyAsync(account?.PasswordHash, password))
        {
            await grain.SignInFailedAsync(cancellationToken);
            return AccountRefusals.InvalidCredentials();
        }

        return account!.Disabled ? AccountRefusals.Disabled() : AccountResult.Of(account.ToUser());
    }

    public Task<Page<User>> SearchAsync(string? text, PageRequest page, CancellationToken cancellationToken) =>
        accounts.SearchAsync(text, page, cancellationToken);

    /// <summary>
    /// A command that may be repeated and finds what it was to make has been carried out already. A guest's account has the guest's id,
    /// so there the password says whether it is the same command.
    /// </summary>
    private async Task<AccountResult> TakenAsync(RegisterAccount command, Account taken)
    {
        if (taken.Id != command.Guest)
            return command.Guest is null && taken.Id == command.Id ? AccountResult.Of(taken.ToUser()) : AccountRefusals.EmailTaken();

        var isRepeated = command.Id is not null && await passwords.VerifyAsync(taken.PasswordHash, command.Password);
        return isRepeated ? AccountResult.Of(taken.ToUser()) : AccountRefusals.AlreadySignedUp();
    }

    private static Guid StandIn(string emailKey) => new(SHA256.HashData(Encoding.UTF8.GetBytes(emailKey)).AsSpan(0, 16));

    private Account NewAccount(UserId id, string? email, string? passwordHash, string displayName, string? language) => new(
        id,
        Version: 1,
        email,
        passwordHash,
        displayName,
        UserRole.User,
        PlanNames.Free,
        language ?? Account.FirstLanguage,
        Account.FirstPersona,
        Disabled: false,
        time.GetUtcNow().ToUnixTimeMilliseconds());
}
