using JubileeVerse.Operations;

namespace JubileeVerse.Accounts;

/// <summary>
/// Sessions in the relational store, for hosts without Redis. A stateless worker; key 0.
/// A session's key is secret: the store keeps its SHA-256 only.
/// </summary>
[Alias("ISessionDirectory")]
public interface ISessionDirectory : IGrainWithIntegerKey
{
    [Idempotent, Alias("SetAsync")]
    Task SetAsync(string key, SessionTicket ticket, CancellationToken cancellationToken);

    /// <summary>Null when there is none or it has expired.</summary>
    [Idempotent, Alias("GetAsync")]
    Task<SessionTicket?> GetAsync(string key, CancellationToken cancellationToken);

    [Idempotent, Alias("RemoveAsync")]
    Task RemoveAsync(string key, CancellationToken cancellationToken);

    [Idempotent, Alias("RemoveAllAsync")]
    Task RemoveAllAsync(UserId userId, CancellationToken cancellationToken);
}
