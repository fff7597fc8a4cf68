using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Accounts;

/// <summary>
/// Password hashes of ASP.NET Core Identity. A hash takes tens of milliseconds of CPU time by design, so at most half of the processors
/// compute hashes; otherwise a burst of sign-ins would delay the grains, which share the thread pool.
/// </summary>
internal sealed class PasswordHashing
{
    private static readonly object AnyUser = new();

    private readonly PasswordHasher<object> _hasher;
    private readonly TaskFactory _tasks;
    private readonly string _dummyHash;

    public PasswordHashing(IOptions<PasswordHasherOptions> options)
    {
        _hasher = new PasswordHasher<object>(options);
        var half = Math.Max(1, Environment.ProcessorCount / 2);
        _tasks = new TaskFactory(new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, half).ConcurrentScheduler);
        _dummyHash = _hasher.HashPassword(AnyUser, nameof(AnyUser));
    }

    public Task<string> HashAsync(string password) => _tasks.StartNew(() => _hasher.HashPassword(AnyUser, password));

    /// <summary>
    /// Returns false for a null hash, after the same computation, so that the duration does not reveal whether the account exists.
    /// </summary>
    public Task<bool> VerifyAsync(string? hash, string password) => _tasks.StartNew(() =>
        _hasher.VerifyHashedPassword(AnyUser, hash ?? _dummyHash, password) != PasswordVerificationResult.Failed && hash is not null);
}
