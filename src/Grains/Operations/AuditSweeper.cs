using JubileeVerse.Storage;
using JubileeVerse.Storage.Batching;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Operations;

/// <summary>Deletes audit entries that are older than a year, a bounded number per minute.</summary>
internal sealed class AuditSweeper(IWriteBatcher writes, TimeProvider time, ILogger<AuditSweeper> logger)
    : StoreSweeper(TimeSpan.FromMinutes(1), "Old entries of the audit log", writes, time, logger)
{
    protected override IEnumerable<Statement> CreateStatements(DateTimeOffset now) => [AuditStatements.Sweep(now)];
}
