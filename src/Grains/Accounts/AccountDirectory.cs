using System.Security.Cryptography;
using System.Text;
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

    public async Task<User> CreateGuestAsync(string? displayName, string? preferredLanguage, CancellationToken cancellationToken)
    {
        var guest = NewAccount(
            null,
            null,
            displayName is null ? Account.FirstDisplayName : AccountRules.DisplayName(displayName),
            preferredLanguage is null ? null : AccountRules.Language(preferredLanguage));
        await accounts.AddAsync(guest, cancellationToken);
        return guest.ToUser();
    }

    public async Task<AccountResult> RegisterAsync(RegisterAccount command, CancellationToken cancellationToken)
    {
        var email = AccountRules.Email(command.Email);
        var password = AccountRules.Password(command.Password);
        var displayName = AccountRules.DisplayName(command.DisplayName);
        var language = command.PreferredLanguage is null ? null : AccountRules.Language(command.PreferredLanguage);

        // Asked before the hash is made, which costs more; the unique key decides.
        if (await accounts.FindByEmailAsync(AccountRules.EmailKey(email), cancellationToken) is { } taken)
            return taken.Id == command.Guest ? AccountRefusals.AlreadySignedUp() : AccountRefusals.EmailTaken();

        var hash = await passwords.HashAsync(password);
        if (command.Guest is { } guest)
        {
            var signUp = new SignUp(email, hash, displayName, language);
            return await GrainFactory.GetGrain<IAccountSignUp>(guest.Value).SignUpAsync(signUp, cancellationToken);
        }

        var account = NewAccount(email, hash, displayName, language);
        try
        {
            await accounts.AddAsync(account, cancellationToken);
        }
        catch (DuplicateKeyException)
        {
            return AccountRefusals.EmailTaken();
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

    private static Guid StandIn(string emailKey) => new(SHA256.HashData(Encoding.UTF8.GetBytes(emailKey)).AsSpan(0, 16));

    private Account NewAccount(string? email, string? passwordHash, string displayName, string? language) => new(
        UserId.New(time),
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
