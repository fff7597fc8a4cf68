using Dapper;
using JubileeVerse.Realtime.History;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Realtime;

/// <summary>The tests of the channel history, which every store must pass.</summary>
public abstract class ChannelHistoryConformance
{
    private readonly StoreFixture _store;

    protected ChannelHistoryConformance(StoreFixture store)
    {
        _store = store;
        _store.SkipWhenMissing();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SweepAsync_EventsOlderThanADay_AreRemovedAndYoungerOnesKept()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var day = (long)ChannelHistorySweeper.MaxAge.TotalMilliseconds;
        await AddAsync(1, now - day - 1);
        await AddAsync(2, now - day + 1);
        using var sweeper = new ChannelHistorySweeper(_store.Writes, time, NullLogger<ChannelHistorySweeper>.Instance);

        await sweeper.SweepAsync(Token);

        await using var connection = await _store.Database.OpenAsync(Token);
        Assert.Equal([2L], await connection.QueryAsync<long>("""select "offset" from channel_events"""));
    }

    [Fact]
    public async Task GetAsync_TheEpoch_IsTheSameForEveryProcess()
    {
        var first = await new ChannelEpoch(_store.Database, _store.Writes).GetAsync(Token);
        var second = await new ChannelEpoch(_store.Database, _store.Writes).GetAsync(Token);

        Assert.NotEmpty(first);
        Assert.Equal(first, second);
    }

    private Task AddAsync(long offset, long createdAt) => _store.Writes.CommitAsync(
        new WriteUnit(new Statement(
            """insert into channel_events (channel, "offset", frame, created_at) values ('conversation:x', @offset, '{}', @createdAt)""",
            ("offset", offset),
            ("createdAt", createdAt))),
        Token);
}

public sealed class SqliteChannelHistoryTests(SqliteStore store) : ChannelHistoryConformance(store), IClassFixture<SqliteStore>;

public sealed class PostgreSqlChannelHistoryTests(PostgreSqlStore store) : ChannelHistoryConformance(store), IClassFixture<PostgreSqlStore>;
