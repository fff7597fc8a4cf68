using JubileeVerse.Storage;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Operations;

/// <summary>Removes what admins did more than a year ago, a bounded number a minute.</summary>
internal sealed class AuditSweeper(IWriteBatcher writes, TimeProvider time, ILogger<AuditSweeper> logger)
    : StoreSweeper(TimeSpan.FromMinutes(1), "Old entries of the audit log", writes, time, logger)
{
    protected override IEnumerable<Statement> Removals(DateTimeOffset now) => [AuditStatements.Sweep(now)];
}
