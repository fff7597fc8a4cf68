using System.Collections.Immutable;
using JubileeVerse.Operations;
using JubileeVerse.Replies;

namespace JubileeVerse.Accounts;

/// <summary>One user: profile, plan, role, open replies and message rate. Key: user id.</summary>
[Alias("IAccountGrain")]
public interface IAccountGrain : IGrainWithGuidKey
{
    /// <summary>Throws <c>NotFound</c> if the user does not exist.</summary>
    [Idempotent, Alias("GetAsync")]
    Task<User> GetAsync(CancellationToken cancellationToken);

    [Idempotent, Alias("UpdateProfileAsync")]
    Task<User> UpdateProfileAsync(ProfileChange change, CancellationToken cancellationToken);

    /// <summary>Applies a change by an admin. Disabling the account ends all of its sessions.</summary>
    [Idempotent, Alias("AdministerAsync")]
    Task<User> AdministerAsync(AccountChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Counts the replies as open, or refuses. The caller must call <see cref="ReplyEndedAsync"/> for each reply that it does not store.
    /// </summary>
    [Alias("AdmitAsync")]
    Task<Admission> AdmitAsync(ImmutableArray<ReplyId> replies, CancellationToken cancellationToken);

    /// <summary>
    /// Removes replies from the open ones. Idempotent; a lost call is repaired when the grain reads the table of replies again.
    /// </summary>
    [Alias("ReplyEndedAsync")]
    Task ReplyEndedAsync(ImmutableArray<ReplyId> replies, CancellationToken cancellationToken);

    /// <summary>Counts a failed sign-in towards the limit. Called by <see cref="IAccountDirectoryGrain"/>.</summary>
    [Alias("SignInFailedAsync")]
    Task SignInFailedAsync(CancellationToken cancellationToken);

    /// <summary>Time until sign-in is allowed again; null if it is allowed now.</summary>
    [Alias("SignInLockedForAsync")]
    Task<TimeSpan?> GetSignInLockoutAsync(CancellationToken cancellationToken);
}
