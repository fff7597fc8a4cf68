using Dapper;
using JubileeVerse.Queues.Store;
using JubileeVerse.Storage;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Queues;

public sealed class JobClaimsTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SweepAsync_TheClockWasSetBack_GoesOn()
    {
        var clock = new SteppedClock();
        var claims = new JobClaims(new SqlClaimStore(store.Database, store.Writes), store.Writes, clock);
        await claims.OpenAsync("clock", Token);
        await claims.SweepAsync(Token);

        clock.Set(TimeSpan.FromHours(-1));
        clock.Pass(TimeSpan.FromMinutes(1));
        await store.Writes.CommitAsync(
            new WriteUnit(new Statement("insert into job_claims (queue, claim, job_id, window_ms, until) values ('clock', 'key:a', 'a', 1, 1)")), Token);
        await claims.SweepAsync(Token);

        await using var connection = await store.Database.OpenAsync(Token);
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(*) from job_claims where queue = 'clock'"));
    }
}
