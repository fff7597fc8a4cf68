using JubileeVerse.Accounts;
using JubileeVerse.Paging;

namespace JubileeVerse.Operations;

/// <summary>The audit log of admin actions. A stateless worker; key 0.</summary>
[Alias("IAuditLog"), GrainInterfaceType("JubileeVerse.Operations.IAuditLog")]
public interface IAuditLogGrain : IGrainWithIntegerKey
{
    /// <summary>Stores an entry before its action begins. Returns after the commit.</summary>
    [Idempotent, Alias("BeginAsync")]
    Task BeginAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Records the HTTP status of the action's response.</summary>
    [Idempotent, Alias("EndAsync")]
    Task EndAsync(Guid id, int status, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    /// <param name="userId">Actions of this admin; null for all admins.</param>
    /// <param name="act">Actions of this kind; null for all kinds.</param>
    [Idempotent, Alias("PageAsync")]
    Task<Page<AuditEntry>> PageAsync(UserId? userId, string? act, PageRequest page, CancellationToken cancellationToken);
}
