using Dapper;
using JubileeVerse.Queues.Store;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Store;

public sealed class JobClaimsTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SweepAsync_ClockSetBack_StillDeletesExpiredClaims()
    {
        var clock = new SteppedClock();
        var claims = new JobClaims(new SqlClaimStore(store.Database, store.Writes), store.Writes, clock);
        await claims.OpenAsync("clock", Token);
        await claims.SweepAsync(Token);

        clock.Shift(TimeSpan.FromHours(-1));
        clock.Advance(TimeSpan.FromMinutes(1));
        await store.Writes.CommitAsync(
            new WriteUnit(new Statement(
                "insert into job_claims (queue, claim, job_id, window_ms, until) values ('clock', 'key:a', 'a', 1, 1)")),
            Token);
        await claims.SweepAsync(Token);

        await using var connection = await store.Database.OpenAsync(Token);
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(*) from job_claims where queue = 'clock'"));
    }
}
