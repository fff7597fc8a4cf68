using System.Text.Json;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Frames.Encoding;
using JubileeVerse.Realtime.History;
using JubileeVerse.Realtime.Positions;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace JubileeVerse.Grains.Tests.Realtime;

/// <summary>The tests of reading a channel's history, which every store must pass: a read returns the whole range or null.</summary>
public abstract class ChannelQueriesConformance
{
    private readonly StoreFixture _store;
    private readonly ChannelName _channel = ChannelName.For(ConversationId.New(TimeProvider.System));
    private readonly ChannelHistoryReader _reader;
    private readonly ChannelEpoch _epochs;

    protected ChannelQueriesConformance(StoreFixture store)
    {
        _store = store;
        _store.SkipWhenMissing();
        _epochs = new ChannelEpoch(_store.Database, _store.Writes);
        _reader = new ChannelHistoryReader(_store.Database, _epochs, NullLogger<ChannelHistoryReader>.Instance);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_Range_ReturnsItsFramesInOrder()
    {
        var epoch = await AddAsync(1, 5);

        var history = await ReadAsync(1, 4);

        Assert.Equal(epoch, history!.Epoch);
        Assert.Equal([2, 3, 4], history.Frames.Select(Offset));
        var frame = Assert.IsType<ReadMarked>(history.Frames[0]);
        Assert.Equal((_channel, epoch, 2L), (frame.Channel, frame.Epoch, frame.Seq));
    }

    [Fact]
    public async Task ReadAsync_EmptyRange_IsEmpty() => Assert.Empty((await ReadAsync(3, 3))!.Frames);

    [Fact]
    public async Task ReadAsync_OtherEpoch_IsNull()
    {
        await AddAsync(1, 3);

        Assert.Null(await _reader.ReadAsync(_channel, new ChannelPosition("before", 1), 3, Token));
    }

    [Fact]
    public async Task ReadAsync_BeforeTheOldestStoredOffset_IsNull()
    {
        await AddAsync(3, 6);

        Assert.Null(await ReadAsync(1, 6));
        Assert.NotNull(await ReadAsync(2, 6));
    }

    [Fact]
    public async Task ReadAsync_BeyondTheNewestOffset_IsNull()
    {
        await AddAsync(1, 3);

        Assert.Null(await ReadAsync(1, 4));
        Assert.Null(await ReadAsync(3, 1));
    }

    [Fact]
    public async Task ReadAsync_OffsetMissing_IsNull()
    {
        await AddAsync(1, 2);
        await AddAsync(4, 5);

        Assert.Null(await ReadAsync(0, 5));
    }

    [Theory]
    [InlineData("""{"type":"of-a-later-version","channel":"c","epoch":"e","offset":2}""")]
    [InlineData("""{"type":"read","channel":"c"}""")]
    [InlineData("no json")]
    public async Task ReadAsync_UnreadableRow_IsNull(string frame)
    {
        await AddAsync(1, 1);
        await InsertAsync([(2, frame)]);

        Assert.Null(await ReadAsync(0, 2));
        Assert.NotNull(await ReadAsync(0, 1));
    }

    [Fact]
    public async Task ReadAsync_RowOfAnEarlierEpoch_IsNull()
    {
        await AddAsync(1, 1);
        await InsertAsync([(2, Text(new ReadMarked(_channel, "before", 2, default, 2)))]);

        Assert.Null(await ReadAsync(0, 2));
    }

    [Fact]
    public async Task ReadAsync_MoreThanMaxFrames_IsNull()
    {
        await AddAsync(1, IChannelQueriesGrain.MaxFrames + 1);

        Assert.Null(await ReadAsync(0, IChannelQueriesGrain.MaxFrames + 1));
        Assert.Equal(IChannelQueriesGrain.MaxFrames, (await ReadAsync(1, IChannelQueriesGrain.MaxFrames + 1))!.Frames.Count);
    }

    [Fact]
    public async Task ReadAsync_LongerThanMaxLength_IsNull()
    {
        var epoch = await _epochs.GetAsync(Token);
        var title = new string('x', (ChannelHistoryReader.MaxLength / 4) + 1);
        var conversation = new Conversation(ConversationId.New(TimeProvider.System), title, [], null, OnBusy.Queue, false, default, null);
        await InsertAsync([.. Enumerable.Range(1, 4)
            .Select(offset => ((long)offset, Text(new ConversationChanged(_channel, epoch, offset, conversation))))]);

        Assert.Null(await ReadAsync(0, 4));
        Assert.NotNull(await ReadAsync(0, 3));
    }

    [Fact]
    public async Task ReadAsync_WhileTheHistoryIsTrimmed_ReturnsAllFramesOrNull()
    {
        const int Last = 400;
        await AddAsync(1, Last);
        var trimming = TrimAsync(Last);
        // Each read finds the table with a different part already deleted.
        for (var after = 0; after < Last; after++)
        {
            if (await ReadAsync(after, Last) is { } history)
                Assert.Equal(Enumerable.Range(after + 1, Last - after), history.Frames.Select(Offset));
        }

        await trimming;
        Assert.Null(await ReadAsync(0, Last));
    }

    private async Task TrimAsync(int last)
    {
        for (var offset = 1; offset < last; offset += 20)
        {
            await _store.Writes.CommitAsync(
                new WriteUnit(new Statement(
                    """delete from channel_events where channel = @channel and "offset" <= @offset""",
                    ("channel", _channel.Value),
                    ("offset", offset))),
                Token);
        }
    }

    private async Task<ChannelHistory?> ReadAsync(long after, long upTo) =>
        await _reader.ReadAsync(_channel, new ChannelPosition(await _epochs.GetAsync(Token), after), upTo, Token);

    private async Task<string> AddAsync(int from, int to)
    {
        var epoch = await _epochs.GetAsync(Token);
        var user = UserId.New(TimeProvider.System);
        await InsertAsync([.. Enumerable.Range(from, to - from + 1)
            .Select(offset => ((long)offset, Text(new ReadMarked(_channel, epoch, offset, user, offset))))]);
        return epoch;
    }

    private async Task InsertAsync((long Offset, string Frame)[] rows)
    {
        foreach (var unit in rows.Chunk(WriteUnit.MaxStatements))
        {
            await _store.Writes.CommitAsync(
                new WriteUnit([.. unit.Select(row => new Statement(
                    """insert into channel_events (channel, "offset", frame, created_at) values (@channel, @offset, @frame, 0)""",
                    ("channel", _channel.Value),
                    ("offset", row.Offset),
                    ("frame", row.Frame)))]),
                Token);
        }
    }

    private static string Text(Frame frame) => JsonSerializer.Serialize(frame, WireJson.Options);

    private static int Offset(ChannelFrame frame) => (int)((DurableFrame)frame).Offset;
}

public sealed class SqliteChannelQueriesTests(SqliteStore store) : ChannelQueriesConformance(store), IClassFixture<SqliteStore>;

public sealed class PostgreSqlChannelQueriesTests(PostgreSqlStore store) : ChannelQueriesConformance(store), IClassFixture<PostgreSqlStore>;
