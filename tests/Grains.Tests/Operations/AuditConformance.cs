using Dapper;
using JubileeVerse.Accounts;
using JubileeVerse.Operations;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Operations;

/// <summary>The tests of the audit log, which every store must pass.</summary>
public abstract class AuditConformance
{
    private readonly StoreFixture _store;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));

    protected AuditConformance(StoreFixture store)
    {
        _store = store;
        _store.SkipWhenMissing();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Begin_Twice_StoresOneEntryThatEndCompletes()
    {
        var entry = Entry(_time.GetUtcNow());
        await _store.Writes.CommitAsync(AuditStatements.Begin(entry), Token);
        await _store.Writes.CommitAsync(AuditStatements.Begin(entry), Token);
        Assert.Null(await StatusAsync(entry.Id));

        await _store.Writes.CommitAsync(AuditStatements.End(entry.Id, 409), Token);

        Assert.Equal(409, await StatusAsync(entry.Id));
    }

    [Fact]
    public async Task Sweep_EntriesOlderThanAYear_AreRemoved()
    {
        var old = Entry(_time.GetUtcNow() - TimeSpan.FromDays(365) - TimeSpan.FromMilliseconds(1));
        var young = Entry(_time.GetUtcNow() - TimeSpan.FromDays(365));
        await _store.Writes.CommitAsync(AuditStatements.Begin(old), Token);
        await _store.Writes.CommitAsync(AuditStatements.Begin(young), Token);
        using var sweeper = new AuditSweeper(_store.Writes, _time, NullLogger<AuditSweeper>.Instance);

        await sweeper.SweepAsync(Token);

        await using var connection = await _store.Database.OpenAsync(Token);
        var remaining = (await connection.QueryAsync<string>("select id from admin_audit")).ToArray();
        Assert.Contains(young.Id.ToString(), remaining);
        Assert.DoesNotContain(old.Id.ToString(), remaining);
    }

    private static AuditEntry Entry(DateTimeOffset at) =>
        new(Guid.CreateVersion7(at), at, new UserId(Guid.CreateVersion7(at)), "Ada", "job-retry", "queues/q/jobs/1", null, null);

    private async Task<int?> StatusAsync(Guid id)
    {
        await using var connection = await _store.Database.OpenAsync(Token);
        return await connection.QuerySingleAsync<int?>("select status from admin_audit where id = @id", new { id = id.ToString() });
    }
}

public sealed class SqliteAuditTests(SqliteStore store) : AuditConformance(store), IClassFixture<SqliteStore>;

public sealed class PostgreSqlAuditTests(PostgreSqlStore store) : AuditConformance(store), IClassFixture<PostgreSqlStore>;
