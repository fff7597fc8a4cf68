using JubileeVerse.Storage;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Accounts;

/// <summary>Removes expired sessions, a bounded number a minute.</summary>
internal sealed class SessionSweeper(IWriteBatcher writes, TimeProvider time, ILogger<SessionSweeper> logger)
    : StoreSweeper(TimeSpan.FromMinutes(1), "Expired sessions", writes, time, logger)
{
    protected override IEnumerable<Statement> Removals(DateTimeOffset now) => [SessionStatements.Sweep(now)];
}
