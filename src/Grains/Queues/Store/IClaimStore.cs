using System.Collections.Immutable;
using JubileeVerse.Storage;

namespace JubileeVerse.Queues.Store;

/// <summary>Who holds which id or key of a queue.</summary>
internal interface IClaimStore
{
    /// <summary>Gives claims whose job has ended their end, where a crash came between the two; then the jobs that live and hold any.</summary>
    Task<ImmutableArray<JobId>> SettleAsync(string queue, long nowMs, CancellationToken cancellationToken);

    /// <summary>Those of the claims that are in force, by name.</summary>
    Task<Dictionary<string, JobHolder>> HoldersAsync(string queue, IReadOnlyList<string> claims, long nowMs, CancellationToken cancellationToken);

    /// <summary>How jobs of these ids stand; those without a row are not among them.</summary>
    Task<Dictionary<JobId, StoredState>> RowsAsync(string queue, IReadOnlyList<JobId> ids, CancellationToken cancellationToken);

    /// <summary>Part of the unit that inserts the jobs. The unit fails as stale where a claim is in force already.</summary>
    IEnumerable<Statement> Claim(string queue, IReadOnlyList<JobClaim> claims, long nowMs);

    /// <summary>Deletes ended jobs in the unit that inserts others of the same ids.</summary>
    IEnumerable<Statement> Replace(string queue, IEnumerable<JobId> ids);

    /// <summary>The job has ended: its claims run out when their time has passed.</summary>
    WriteUnit End(string queue, JobId id, JobState state, long endedAt);

    /// <summary>
    /// Part of the unit that lets a job live again, and with it the claims that nobody else has taken: also that of its key where it has run
    /// out and is gone, for the usual window then.
    /// </summary>
    IEnumerable<Statement> Reopen(string queue, JobId id, string? dedupKey, long nowMs);

    /// <summary>Deletes all claims that have run out, some at a time so that nothing else is held up.</summary>
    Task SweepAsync(string queue, long nowMs, CancellationToken cancellationToken);
}
