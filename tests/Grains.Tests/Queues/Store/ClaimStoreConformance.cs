using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Queues.Store.Statements;
using JubileeVerse.Storage;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Store;

/// <summary>The contract of every claim store.</summary>
public abstract class ClaimStoreConformance
{
    private const string Queue = "claims";
    private const long WindowMs = 1_000;

    private static int _ids;

    private readonly StoreFixture _store;
    private readonly SqlClaimStore _claims;
    private readonly JobId _id = new($"job-{Interlocked.Increment(ref _ids)}");

    protected ClaimStoreConformance(StoreFixture store)
    {
        store.SkipWhenMissing();
        _store = store;
        _claims = new SqlClaimStore(store.Database, store.Writes);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private JobClaim Claim => new($"key:{_id}", _id, WindowMs);

    [Fact]
    public async Task Claim_NameAlreadyClaimed_FailsTheWholeUnit()
    {
        await InsertAsync(_id);

        var other = new JobId($"{_id}-other");
        await Assert.ThrowsAsync<StaleWriterException>(() => InsertAsync(other));

        Assert.Empty(await _claims.RowsAsync(Queue, [other], Token));
        Assert.Equal(new ClaimHolder(_id, JobState.Waiting), await HolderAsync(0));
    }

    [Fact]
    public async Task Claim_ExpiredClaim_IsTakenOver()
    {
        await InsertAsync(_id);
        await _store.Writes.CommitAsync(_claims.End(Queue, _id, JobState.Failed, 500), Token);
        Assert.NotNull(await HolderAsync(1_499));
        Assert.Null(await HolderAsync(1_500));

        var other = new JobId($"{_id}-other");
        await InsertAsync(other, nowMs: 1_500);

        Assert.Equal(other, (await HolderAsync(1_500))?.Job);
    }

    [Fact]
    public async Task Claim_ManyNames_ClaimsAll()
    {
        var claims = Enumerable.Range(0, 123).Select(i => new JobClaim($"key:{_id}:{i}", _id, WindowMs)).ToArray();

        await _store.Writes.CommitAsync(new WriteUnit([.. _claims.Claim(Queue, claims, 0)]), Token);

        var held = await _claims.HoldersAsync(Queue, [.. claims.Select(claim => claim.Name)], 0, Token);
        Assert.Equal(claims.Select(claim => claim.Name).Order(StringComparer.Ordinal), held.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task HoldersAsync_RowDeleted_ReturnsTheFinalState()
    {
        await InsertAsync(_id);
        await EndAsync(JobState.Failed, 500);
        await _store.Writes.CommitAsync(_claims.End(Queue, _id, JobState.Failed, 500), Token);
        await _store.Writes.CommitAsync(new WriteUnit([.. _claims.Replace(Queue, [_id])]), Token);

        Assert.Empty(await _claims.RowsAsync(Queue, [_id], Token));
        Assert.Equal(new ClaimHolder(_id, JobState.Failed), await HolderAsync(600));
    }

    [Fact]
    public async Task ReconcileAsync_EndMissingInTheClaim_IsRecorded()
    {
        await InsertAsync(_id);
        Assert.Contains(_id, await _claims.ReconcileAsync(Queue, 100, Token));
        await EndAsync(JobState.Completed, 500);

        Assert.DoesNotContain(_id, await _claims.ReconcileAsync(Queue, 10_000, Token));
        Assert.Equal(new ClaimHolder(_id, JobState.Completed), await HolderAsync(1_499));
        Assert.Null(await HolderAsync(1_500));
    }

    [Fact]
    public async Task Reopen_FailedJob_HoldsItsClaimsAgain()
    {
        await InsertAsync(_id);
        await _store.Writes.CommitAsync(_claims.End(Queue, _id, JobState.Failed, 500), Token);

        await ReopenAsync(_id, 600);

        Assert.Equal(_id, (await HolderAsync(long.MaxValue))?.Job);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(2_000, false)]
    public async Task Reopen_ReleasedKey_IsClaimedUnlessAnotherJobHoldsIt(long now, bool isHeld)
    {
        var key = JobClaim.NameForKey(_id.Value);
        var other = new JobId($"{_id.Value}-other");
        await InsertAsync(other);
        await _store.Writes.CommitAsync(_claims.End(Queue, other, JobState.Completed, 0), Token);

        await ReopenAsync(_id, now);

        var holder = (await _claims.HoldersAsync(Queue, [key], now, Token))[key];
        Assert.Equal(isHeld ? other : _id, holder.Job);
    }

    [Fact]
    public async Task Replace_OpenJob_KeepsItsRow()
    {
        await InsertAsync(_id);

        await _store.Writes.CommitAsync(new WriteUnit([.. _claims.Replace(Queue, [_id])]), Token);

        Assert.Single(await _claims.RowsAsync(Queue, [_id], Token));
    }

    [Fact]
    public async Task SweepAsync_ExpiredClaims_DeletesOnlyThose()
    {
        await InsertAsync(_id);
        await _claims.SweepAsync(Queue, long.MaxValue, Token);
        Assert.NotNull(await HolderAsync(0));
        await _store.Writes.CommitAsync(_claims.End(Queue, _id, JobState.Completed, 500), Token);

        await _claims.SweepAsync(Queue, 1_500, Token);

        Assert.Null(await HolderAsync(0));
    }

    [Fact]
    public async Task SweepAsync_MoreThanOneStatementDeletes_DeletesAll()
    {
        var claims = Enumerable.Range(0, 2_100).Select(i => new JobClaim($"key:{_id}:{i}", _id, WindowMs)).ToArray();
        await _store.Writes.CommitAsync(new WriteUnit([.. _claims.Claim(Queue, claims, 0)]), Token);
        await _store.Writes.CommitAsync(_claims.End(Queue, _id, JobState.Completed, 500), Token);

        await _claims.SweepAsync(Queue, 1_500, Token);

        foreach (var chunk in claims.Chunk(1_000))
            Assert.Empty(await _claims.HoldersAsync(Queue, [.. chunk.Select(claim => claim.Name)], 0, Token));
    }

    private Task InsertAsync(JobId id, long nowMs = 0) => _store.Writes.CommitAsync(
        new WriteUnit(
        [
            JobStatements.Insert(TestJobs.Job(id.Value) with { Queue = Queue }),
            .. _claims.Claim(Queue, [Claim with { Job = id }], nowMs),
        ]),
        Token);

    private Task ReopenAsync(JobId id, long nowMs) =>
        _store.Writes.CommitAsync(new WriteUnit([.. _claims.Reopen(Queue, id, id.Value, nowMs)]), Token);

    private Task EndAsync(JobState state, long endedAt) => _store.Writes.CommitAsync(
        new WriteUnit(new Statement(
            "update jobs set state = @state, ended_at = @endedAt where id = @id",
            ("state", EnumText<JobState>.Format(state)),
            ("endedAt", endedAt),
            ("id", _id.Value))),
        Token);

    private async Task<ClaimHolder?> HolderAsync(long nowMs) =>
        (await _claims.HoldersAsync(Queue, [Claim.Name], nowMs, Token)) is { Count: 1 } holders ? holders[Claim.Name] : null;
}

public sealed class SqliteClaimStoreTests(SqliteStore store) : ClaimStoreConformance(store), IClassFixture<SqliteStore>;

public sealed class PostgreSqlClaimStoreTests(PostgreSqlStore store) : ClaimStoreConformance(store), IClassFixture<PostgreSqlStore>;
