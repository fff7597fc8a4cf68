using System.Collections.Immutable;
using JubileeVerse.Operations;
using JubileeVerse.Replies;

namespace JubileeVerse.Accounts;

/// <summary>One person: profile, plan, role, the replies they have open, their rate of messages. Key: user id.</summary>
[Alias("IAccountGrain")]
public interface IAccountGrain : IGrainWithGuidKey
{
    /// <summary>Throws <c>NotFound</c> for an id that names nobody.</summary>
    [Idempotent, Alias("GetAsync")]
    Task<User> GetAsync(CancellationToken cancellationToken);

    [Idempotent, Alias("UpdateProfileAsync")]
    Task<User> UpdateProfileAsync(ProfileChange change, CancellationToken cancellationToken);

    /// <summary>An admin's change. Disabling ends every session.</summary>
    [Idempotent, Alias("AdministerAsync")]
    Task<User> AdministerAsync(AccountChange change, CancellationToken cancellationToken);

    /// <summary>Counts the replies as open, or refuses; the caller calls <see cref="ReplyEndedAsync"/> for each that it did not store.</summary>
    [Alias("AdmitAsync")]
    Task<Admission> AdmitAsync(ImmutableArray<ReplyId> replies, CancellationToken cancellationToken);

    /// <summary>These replies are no longer open. Idempotent; a lost call is repaired by a look at the table.</summary>
    [Alias("ReplyEndedAsync")]
    Task ReplyEndedAsync(ImmutableArray<ReplyId> replies, CancellationToken cancellationToken);

    /// <summary>Told by the directory: counts towards the limit of failures.</summary>
    [Alias("SignInFailedAsync")]
    Task SignInFailedAsync(CancellationToken cancellationToken);

    /// <summary>How long sign-in stays refused; null when it is open.</summary>
    [Alias("SignInLockedForAsync")]
    Task<TimeSpan?> SignInLockedForAsync(CancellationToken cancellationToken);
}
