using JubileeVerse.Accounts;
using JubileeVerse.Paging;

namespace JubileeVerse.Operations;

/// <summary>What admins did. A stateless worker; key 0.</summary>
[Alias("IAuditLog")]
public interface IAuditLog : IGrainWithIntegerKey
{
    /// <summary>Stores an entry before its act begins; answers after the commit.</summary>
    [Idempotent, Alias("BeginAsync")]
    Task BeginAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Says how the act was answered.</summary>
    [Idempotent, Alias("EndAsync")]
    Task EndAsync(Guid id, int status, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    /// <param name="userId">Whose acts; null for everyone's.</param>
    /// <param name="act">Which; null for all.</param>
    /// <param name="page">How many, after which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [Idempotent, Alias("PageAsync")]
    Task<Page<AuditEntry>> PageAsync(UserId? userId, string? act, PageRequest page, CancellationToken cancellationToken);
}
