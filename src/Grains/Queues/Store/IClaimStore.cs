using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Queues.Store;

/// <summary>The claims of a queue: which job holds which id or deduplication key.</summary>
internal interface IClaimStore
{
    /// <summary>
    /// Ends the claims whose job has ended, for a crash between the two writes, and returns the jobs that still hold claims.
    /// </summary>
    Task<ImmutableArray<JobId>> ReconcileAsync(string queue, long nowMs, CancellationToken cancellationToken);

    /// <summary>The holders of those of the claims that are in force, by the claim's name.</summary>
    Task<Dictionary<string, ClaimHolder>> HoldersAsync(
        string queue, IReadOnlyList<string> claims, long nowMs, CancellationToken cancellationToken);

    /// <summary>The states of the jobs with these ids; ids without a row are not included.</summary>
    Task<Dictionary<JobId, StoredState>> RowsAsync(string queue, IReadOnlyList<JobId> ids, CancellationToken cancellationToken);

    /// <summary>Part of the unit that inserts the jobs. The unit fails as stale when one of the claims is in force already.</summary>
    IEnumerable<Statement> Claim(string queue, IReadOnlyList<JobClaim> claims, long nowMs);

    /// <summary>Deletes ended jobs, as part of the unit that inserts new jobs with the same ids.</summary>
    IEnumerable<Statement> Replace(string queue, IEnumerable<JobId> ids);

    /// <summary>Records the end of a job; its claims expire when their windows have passed.</summary>
    WriteUnit End(string queue, JobId id, JobState state, long endedAt);

    /// <summary>
    /// Part of the unit that reopens a job. It restores the job's claims that no other job has taken, including an expired and deleted
    /// claim of its key, which gets the default window.
    /// </summary>
    IEnumerable<Statement> Reopen(string queue, JobId id, string? dedupKey, long nowMs);

    /// <summary>Deletes all expired claims, in chunks so that no other write is delayed.</summary>
    Task SweepAsync(string queue, long nowMs, CancellationToken cancellationToken);
}
