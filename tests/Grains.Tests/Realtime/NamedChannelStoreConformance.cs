using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Channels;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Realtime;

/// <summary>The tests of named channels, which every store must pass.</summary>
public abstract class NamedChannelStoreConformance
{
    private static readonly ChannelName Channel = ChannelName.ForNamed("news");

    private readonly SqlNamedChannelStore _store;

    protected NamedChannelStoreConformance(StoreFixture store)
    {
        store.SkipWhenMissing();
        _store = new SqlNamedChannelStore(store.Database, store.Writes, new FakeTimeProvider());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateAsyncAndRemoveAsync_CalledTwice_AreIdempotent()
    {
        Assert.False(await _store.ExistsAsync(Channel, Token));
        await _store.CreateAsync(Channel, Token);
        await _store.CreateAsync(Channel, Token);
        Assert.True(await _store.ExistsAsync(Channel, Token));
        Assert.False(await _store.ExistsAsync(ChannelName.ForNamed("new"), Token));

        await _store.RemoveAsync(Channel, Token);
        await _store.RemoveAsync(Channel, Token);
        Assert.False(await _store.ExistsAsync(Channel, Token));
    }
}

public sealed class SqliteNamedChannelStoreTests(SqliteStore store) : NamedChannelStoreConformance(store), IClassFixture<SqliteStore>;

public sealed class PostgreSqlNamedChannelStoreTests(PostgreSqlStore store)
    : NamedChannelStoreConformance(store), IClassFixture<PostgreSqlStore>;
