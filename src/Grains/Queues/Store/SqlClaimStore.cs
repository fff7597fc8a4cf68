using System.Collections.Immutable;
using System.Globalization;
using Dapper;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Queues.Store;

internal sealed class SqlClaimStore(IDatabase database, IWriteBatcher batcher) : IClaimStore
{
    private const int ManyClaims = 50;

    // An expired claim is taken over. A claim in force sets a NOT NULL column to null, which fails the unit on both databases.
    private const string OnTaken =
        """
         on conflict (queue, claim) do update set
            job_id = case when job_claims.until <= @now then excluded.job_id end, window_ms = excluded.window_ms, state = null, until = null
        """;

    private const string EndClaims =
        "update job_claims set until = @endedAt + window_ms, state = @state where queue = @queue and job_id = @id and until is null";

    private const string ReopenClaims = "update job_claims set until = null, state = null where queue = @queue and job_id = @id";

    private const string ClaimAgain =
        """
        insert into job_claims (queue, claim, job_id, window_ms) values (@queue, @claim, @id, @window)
        on conflict (queue, claim) do update set job_id = excluded.job_id, window_ms = excluded.window_ms, state = null, until = null
        where job_claims.until <= @now
        """;

    private const string SettleClaims =
        """
        update job_claims set
            until = coalesce((select j.ended_at from jobs j where j.queue = job_claims.queue and j.id = job_claims.job_id), @now)
                + window_ms,
            state = (select j.state from jobs j where j.queue = job_claims.queue and j.id = job_claims.job_id)
        where queue = @queue and until is null and not exists (
            select 1 from jobs j where j.queue = job_claims.queue and j.id = job_claims.job_id and j.ended_at is null)
        """;

    private const string DeleteExpired =
        """
        delete from job_claims where queue = @queue and claim in (
            select claim from job_claims where queue = @queue and until <= @now limit 1000)
        """;

    private static readonly string ClaimOne = ClaimText(1);
    private static readonly string ClaimMany = ClaimText(ManyClaims);

    private static readonly string DeleteEnded =
        "delete from jobs where queue = @queue and ended_at is not null and told and id in ("
        + string.Join(", ", Enumerable.Range(0, ManyClaims).Select(i => $"@{Named("id", i)}")) + ")";

    public async Task<ImmutableArray<JobId>> ReconcileAsync(string queue, long nowMs, CancellationToken cancellationToken)
    {
        await batcher.CommitAsync(new WriteUnit(new Statement(SettleClaims, ("queue", queue), ("now", nowMs))), cancellationToken);
        await using var connection = await database.OpenAsync(cancellationToken);
        var ids = await connection.QueryAsync<string>(
            "select distinct job_id from job_claims where queue = @queue and until is null", new { queue });
        return [.. ids.Select(id => new JobId(id))];
    }

    public async Task<Dictionary<string, ClaimHolder>> HoldersAsync(
        string queue, IReadOnlyList<string> claims, long nowMs, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var (names, parameters) = InList(claims, new { queue, now = nowMs });
        var rows = await connection.QueryAsync<ClaimRow>(
            $"""
            select c.claim as Claim, c.job_id as JobId, coalesce(j.state, c.state) as State
            from job_claims c left join jobs j on j.queue = c.queue and j.id = c.job_id
            where c.queue = @queue and (c.until is null or c.until > @now) and c.claim in ({names})
            """, parameters);
        return rows.ToDictionary(
            row => row.Claim, row => new ClaimHolder(new JobId(row.JobId), StateOf(row.State)), StringComparer.Ordinal);
    }

    public async Task<Dictionary<JobId, StoredState>> RowsAsync(string queue, IReadOnlyList<JobId> ids, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var (names, parameters) = InList([.. ids.Select(id => id.Value)], new { queue });
        var rows = await connection.QueryAsync<JobRow>(
            $"select j.id as Id, j.state as State, j.told as Told from jobs j where j.queue = @queue and j.id in ({names})", parameters);
        return rows.ToDictionary(row => new JobId(row.Id), row => new StoredState(EnumText<JobState>.Parse(row.State), row.Told));
    }

    public IEnumerable<Statement> Claim(string queue, IReadOnlyList<JobClaim> claims, long nowMs)
    {
        for (var taken = 0; taken < claims.Count;)
        {
            var size = claims.Count - taken >= ManyClaims ? ManyClaims : 1;
            var parameters = new List<(string, object?)> { ("queue", queue), ("now", nowMs) };
            for (var i = 0; i < size; i++)
            {
                var claim = claims[taken + i];
                parameters.AddRange(
                    [(Named("claim", i), claim.Name), (Named("job", i), claim.Job.Value), (Named("window", i), claim.WindowMs)]);
            }

            yield return new Statement(size == 1 ? ClaimOne : ClaimMany, [.. parameters]);
            taken += size;
        }
    }

    public IEnumerable<Statement> Replace(string queue, IEnumerable<JobId> ids) =>
        ids.Chunk(ManyClaims).Select(chunk => new Statement(
            DeleteEnded,
            [
                ("queue", queue),
                .. Enumerable.Range(0, ManyClaims).Select(i => (Named("id", i), (object?)chunk[Math.Min(i, chunk.Length - 1)].Value)),
            ]));

    public WriteUnit End(string queue, JobId id, JobState state, long endedAt) => new(new Statement(
        EndClaims, ("queue", queue), ("id", id.Value), ("state", EnumText<JobState>.Format(state)), ("endedAt", endedAt)));

    public IEnumerable<Statement> Reopen(string queue, JobId id, string? dedupKey, long nowMs)
    {
        yield return new Statement(ReopenClaims, ("queue", queue), ("id", id.Value));
        if (dedupKey is null)
            yield break;
        yield return new Statement(
            ClaimAgain,
            ("queue", queue),
            ("claim", JobClaim.NameForKey(dedupKey)),
            ("id", id.Value),
            ("window", (long)JobClaim.DefaultWindow.TotalMilliseconds),
            ("now", nowMs));
    }

    public async Task SweepAsync(string queue, long nowMs, CancellationToken cancellationToken)
    {
        while (await AnyExpiredAsync(queue, nowMs, cancellationToken))
            await batcher.CommitAsync(new WriteUnit(new Statement(DeleteExpired, ("queue", queue), ("now", nowMs))), cancellationToken);
    }

    private async Task<bool> AnyExpiredAsync(string queue, long nowMs, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int?>(
            "select 1 from job_claims where queue = @queue and until <= @nowMs limit 1", new { queue, nowMs }) is not null;
    }

    private static string ClaimText(int count) =>
        "insert into job_claims (queue, claim, job_id, window_ms) values "
        + string.Join(
            ", ",
            Enumerable.Range(0, count).Select(i => $"(@queue, @{Named("claim", i)}, @{Named("job", i)}, @{Named("window", i)})"))
        + OnTaken;

    private static string Named(string name, int i) => string.Create(CultureInfo.InvariantCulture, $"{name}{i}");

    /// <summary>An SQL list in one of a few sizes, filled up with the last value, so that each text is prepared once.</summary>
    private static (string Names, DynamicParameters Parameters) InList(IReadOnlyList<string> values, object others)
    {
        var size = values.Count switch { 1 => 1, <= 10 => 10, <= 100 => 100, _ => 2 * IQueueIntakeGrain.MaxJobs };
        var parameters = new DynamicParameters(others);
        for (var i = 0; i < size; i++)
            parameters.Add(Named("value", i), values[Math.Min(i, values.Count - 1)]);
        return (string.Join(',', Enumerable.Range(0, size).Select(i => $"@{Named("value", i)}")), parameters);
    }

    /// <summary>The state of a holder. It is unknown only when the job's row was deleted before its claims were ended.</summary>
    private static JobState StateOf(string? state) => state is null ? JobState.Completed : EnumText<JobState>.Parse(state);

    private sealed class ClaimRow
    {
        public string Claim { get; init; } = "";

        public string JobId { get; init; } = "";

        public string? State { get; init; }
    }
}
