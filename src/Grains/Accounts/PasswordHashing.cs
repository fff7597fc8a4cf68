using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Accounts;

/// <summary>
/// ASP.NET Core Identity's hashes. One costs tens of milliseconds of a processor by design, so at most half of the processors work on
/// them: a rush of sign-ins must not hold up the grains, which share the pool.
/// </summary>
internal sealed class PasswordHashing
{
    private static readonly object Anyone = new();

    private readonly PasswordHasher<object> _hasher;
    private readonly TaskFactory _work;
    private readonly string _nobodysHash;

    public PasswordHashing(IOptions<PasswordHasherOptions> options)
    {
        _hasher = new PasswordHasher<object>(options);
        var half = Math.Max(1, Environment.ProcessorCount / 2);
        _work = new TaskFactory(new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, half).ConcurrentScheduler);
        _nobodysHash = _hasher.HashPassword(Anyone, nameof(Anyone));
    }

    public Task<string> HashAsync(string password) => _work.StartNew(() => _hasher.HashPassword(Anyone, password));

    /// <summary>Without a hash the answer is no, and costs as much time: who asks must not learn whether the account exists.</summary>
    public Task<bool> VerifyAsync(string? hash, string password) => _work.StartNew(() =>
        _hasher.VerifyHashedPassword(Anyone, hash ?? _nobodysHash, password) != PasswordVerificationResult.Failed && hash is not null);
}
