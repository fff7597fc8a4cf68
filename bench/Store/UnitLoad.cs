using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Bench.Store;

/// <summary>Commits small units for some time.</summary>
internal static class UnitLoad
{
    private const string CreateTable = "create table bench_units (id bigint not null primary key, body text not null)";
    private const string Insert = "insert into bench_units (id, body) values (@id, @body)";
    private static readonly string Body = new('x', 200);
    private static long _lastId;

    public static Task PrepareAsync(StoreFixture store, CancellationToken cancellationToken) =>
        store.Writes.CommitAsync(new WriteUnit(new Statement(CreateTable)), cancellationToken);

    /// <returns>Units per second.</returns>
    public static async Task<double> RunAsync(StoreFixture store, int inFlight, TimeSpan duration, CancellationToken cancellationToken)
    {
        long done = 0;
        var start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            while (TimeProvider.System.GetElapsedTime(start) < duration)
            {
                await store.Writes.CommitAsync(
                    new WriteUnit(new Statement(Insert, ("id", Interlocked.Increment(ref _lastId)), ("body", Body))), cancellationToken);
                Interlocked.Increment(ref done);
            }
        }));
        return done / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }
}
