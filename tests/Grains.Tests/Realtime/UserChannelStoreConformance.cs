using System.Text.Json;
using Dapper;
using JubileeVerse.Accounts;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Frames.Encoding;
using JubileeVerse.Realtime.History;
using JubileeVerse.Realtime.Presence;
using JubileeVerse.Storage;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Realtime;

/// <summary>The tests of users' own channels, which every store must pass.</summary>
public abstract class UserChannelStoreConformance
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly StoreFixture _fixture;
    private readonly SqlUserChannelStore _store;
    private readonly UserId _user;

    protected UserChannelStoreConformance(StoreFixture fixture)
    {
        _fixture = fixture;
        _fixture.SkipWhenMissing();
        _store = new SqlUserChannelStore(_fixture.Database, _fixture.Writes, _time);
        _user = UserId.New(_time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LoadAsync_UserWithoutEvents_IsZero() => Assert.Equal(0, await _store.LoadAsync(_user, Token));

    [Fact]
    public async Task AppendAsync_ConsecutiveOffsets_AreStoredInOrderWithTheirFrames()
    {
        for (var offset = 1; offset <= 3; offset++)
            await AppendAsync(offset);

        Assert.Equal(3, await _store.LoadAsync(_user, Token));
        Assert.Equal([1L, 2L, 3L], (await FramesAsync()).Select(frame => frame.Offset));
        Assert.Equal(["says 1", "says 2", "says 3"], (await FramesAsync()).Cast<AdminNotice>().Select(frame => frame.Message));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task AppendAsync_OffsetDoesNotFollow_IsRejectedAsAWhole(long offset)
    {
        await AppendAsync(1);
        await AppendAsync(2);

        await Assert.ThrowsAsync<StaleWriterException>(() => AppendAsync(offset));

        Assert.Equal(2, await _store.LoadAsync(_user, Token));
        Assert.Equal(2, (await FramesAsync()).Length);
    }

    /// <summary>Both append at the same offset, so exactly one of them succeeds.</summary>
    [Fact]
    public async Task AppendAsync_TwoAtOnce_OneIsStoredAndTheOtherIsStale()
    {
        var both = await Task.WhenAll(TryAsync(), TryAsync());

        Assert.Equal([false, true], both.Order());
        Assert.Single(await FramesAsync());

        async Task<bool> TryAsync()
        {
            try
            {
                await AppendAsync(1);
                return true;
            }
            catch (StaleWriterException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task LoadAsync_EventsWereSwept_KeepsTheOffset()
    {
        await AppendAsync(1);
        await AppendAsync(2);
        _time.Advance(ChannelHistorySweeper.MaxAge + TimeSpan.FromSeconds(1));
        using var sweeper = new ChannelHistorySweeper(_fixture.Writes, _time, NullLogger<ChannelHistorySweeper>.Instance);
        await sweeper.SweepAsync(Token);

        Assert.Empty(await FramesAsync());
        Assert.Equal(2, await _store.LoadAsync(_user, Token));
        await AppendAsync(3);
        Assert.Equal([3L], (await FramesAsync()).Select(frame => frame.Offset));
    }

    private Task AppendAsync(long offset) => _store.AppendAsync(
        _user, new AdminNotice(ChannelName.For(_user), "e", offset, $"says {offset}", "info", _time.GetUtcNow()), Token);

    private async Task<DurableFrame[]> FramesAsync()
    {
        await using var connection = await _fixture.Database.OpenAsync(Token);
        var stored = await connection.QueryAsync<string>(
            """select frame from channel_events where channel = @channel order by "offset" """,
            new { channel = ChannelName.For(_user).Value });
        return [.. stored.Select(frame => (DurableFrame)JsonSerializer.Deserialize<Frame>(frame, WireJson.Options)!)];
    }
}

public sealed class SqliteUserChannelStoreTests(SqliteStore store) : UserChannelStoreConformance(store), IClassFixture<SqliteStore>;

public sealed class PostgreSqlUserChannelStoreTests(PostgreSqlStore store)
    : UserChannelStoreConformance(store), IClassFixture<PostgreSqlStore>;
