using System.Security.Cryptography;
using JubileeVerse.Limits;
using JubileeVerse.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Accounts;

/// <summary>
/// Creates the first admin when the host starts. An existing account is not changed, even if it is not an admin's, because anyone could
/// have registered that address and would then become an admin.
/// </summary>
internal sealed partial class FirstAdmin(
    IAccountStore accounts,
    PasswordHashing passwords,
    IOptions<AdminOptions> options,
    TimeProvider time,
    ILogger<FirstAdmin> logger) : IHostedService
{
    internal const string GeneratedEmail = "admin@localhost";
    private const string DisplayName = "Admin";
    private const int GeneratedLength = 20;

    /// <summary>Without letters and digits that look alike, because someone will type the password.</summary>
    private const string GeneratedAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.IsConfigured)
            await EnsureAsync(AccountRules.Email(options.Value.Email), AccountRules.Password(options.Value.Password), cancellationToken);
        else if (options.Value.GenerateWhenMissing && !await accounts.AnyAdminAsync(cancellationToken))
            await GenerateAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task EnsureAsync(string email, string password, CancellationToken cancellationToken)
    {
        var existing = await accounts.FindByEmailAsync(AccountRules.EmailKey(email), cancellationToken);
        if (existing is null)
        {
            if (await TryAddAsync(email, password, cancellationToken))
                LogCreated(logger);
        }
        else if (existing.Role != UserRole.Admin)
        {
            LogNotAdmin(logger);
        }
    }

    private async Task GenerateAsync(CancellationToken cancellationToken)
    {
        var password = GeneratePassword();
        if (await TryAddAsync(GeneratedEmail, password, cancellationToken))
            LogGenerated(logger, GeneratedEmail, password);
    }

    /// <summary>Returns false if another silo has created the account first.</summary>
    private async Task<bool> TryAddAsync(string email, string password, CancellationToken cancellationToken)
    {
        var admin = new Account(
            UserId.New(time),
            Version: 1,
            email,
            await passwords.HashAsync(password),
            DisplayName,
            UserRole.Admin,
            PlanNames.Free,
            Account.DefaultLanguage,
            Account.DefaultPersonaSlug,
            Disabled: false,
            time.GetUtcNow().ToUnixTimeMilliseconds());
        try
        {
            await accounts.AddAsync(admin, cancellationToken);
            return true;
        }
        catch (DuplicateKeyException)
        {
            return false;
        }
    }

    private static string GeneratePassword()
    {
        while (true)
        {
            var password = RandomNumberGenerator.GetString(GeneratedAlphabet, GeneratedLength);
            if (password.Any(char.IsUpper) && password.Any(char.IsLower) && password.Any(char.IsDigit))
                return password;
        }
    }
}
