using JubileeVerse.Operations;

namespace JubileeVerse.Accounts;

/// <summary>
/// Sessions in the relational store, for hosts without Redis. A stateless worker; key 0.
/// The key of a session is secret, so the store keeps only its SHA-256 hash.
/// </summary>
[Alias("ISessionDirectory"), GrainInterfaceType("JubileeVerse.Accounts.ISessionDirectory")]
public interface ISessionDirectoryGrain : IGrainWithIntegerKey
{
    [Idempotent, Alias("SetAsync")]
    Task SetAsync(string key, SessionTicket ticket, CancellationToken cancellationToken);

    /// <summary>Null if the session does not exist or has expired.</summary>
    [Idempotent, Alias("GetAsync")]
    Task<SessionTicket?> GetAsync(string key, CancellationToken cancellationToken);

    [Idempotent, Alias("RemoveAsync")]
    Task RemoveAsync(string key, CancellationToken cancellationToken);

    [Idempotent, Alias("RemoveAllAsync")]
    Task RemoveAllAsync(UserId userId, CancellationToken cancellationToken);
}
