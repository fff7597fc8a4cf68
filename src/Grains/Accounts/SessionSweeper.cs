using JubileeVerse.Storage;
using JubileeVerse.Storage.Batching;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Accounts;

/// <summary>Deletes expired sessions, a bounded number per minute.</summary>
internal sealed class SessionSweeper(IWriteBatcher writes, TimeProvider time, ILogger<SessionSweeper> logger)
    : StoreSweeper(TimeSpan.FromMinutes(1), "Expired sessions", writes, time, logger)
{
    protected override IEnumerable<Statement> CreateStatements(DateTimeOffset now) => [SessionStatements.Sweep(now)];
}
