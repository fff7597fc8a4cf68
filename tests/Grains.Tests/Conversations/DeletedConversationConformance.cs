using Dapper;
using JubileeVerse.Conversations.Store;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Conversations;

/// <summary>The tests of deleted conversations, which every store must pass.</summary>
public abstract class DeletedConversationConformance
{
    private readonly StoreFixture _store;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));

    protected DeletedConversationConformance(StoreFixture store)
    {
        _store = store;
        _store.SkipWhenMissing();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SweepAsync_GracePeriodOfADeletedConversationIsOver_PurgesItAndKeepsOthers()
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var graceMs = (long)DeletedConversationSweeper.GracePeriod.TotalMilliseconds;
        await AddAsync("gone", now - graceMs - 1, replyEndedAt: now);
        await AddAsync("young", now - graceMs + 1, replyEndedAt: now);
        await AddAsync("alive", null, replyEndedAt: now);
        await AddAsync("open", now - graceMs - 1, replyEndedAt: null);
        using var sweeper = new DeletedConversationSweeper(_store.Writes, _time, NullLogger<DeletedConversationSweeper>.Instance);

        await sweeper.SweepAsync(Token);

        await using var connection = await _store.Database.OpenAsync(Token);
        Assert.Equal(["alive", "open", "young"], await connection.QueryAsync<string>("select id from conversations order by id"));
        Assert.Equal(
            ["alive", "young"],
            await connection.QueryAsync<string>("select conversation_id from messages order by conversation_id"));
        Assert.Equal(
            ["alive", "open", "young"],
            await connection.QueryAsync<string>("select conversation_id from replies order by conversation_id"));
        Assert.Equal(
            ["conversation:alive", "conversation:young"],
            await connection.QueryAsync<string>("select channel from channel_events order by channel"));
    }

    private Task AddAsync(string id, long? deletedAt, long? replyEndedAt) => _store.Writes.CommitAsync(
        new WriteUnit(
            new Statement(
                """
                insert into conversations
                    (id, user_id, personas, on_busy, archived, version, last_seq, read_seq, created_at, activity_at, deleted_at)
                values (@id, 'u', '[]', 'queue', false, 1, 1, 0, 0, 0, @deletedAt)
                """,
                ("id", id),
                ("deletedAt", deletedAt)),
            new Statement(
                """
                insert into messages (conversation_id, seq, id, role, content, status, created_at)
                values (@id, 1, @messageId, 'user', 'Hello', 'completed', 0)
                """,
                ("id", id),
                ("messageId", $"m-{id}")),
            new Statement(
                """
                insert into replies
                    (id, conversation_id, message_id, message_seq, ordinal, user_id, persona_id, status, attempt, created_at, ended_at)
                values (@replyId, @id, @messageId, 1, 1, 'u', 'p', 'queued', 0, 0, @endedAt)
                """,
                ("id", id),
                ("replyId", $"r-{id}"),
                ("messageId", $"m-{id}"),
                ("endedAt", replyEndedAt)),
            new Statement(
                """insert into channel_events (channel, "offset", frame, created_at) values (@channel, 1, '{}', 0)""",
                ("channel", $"conversation:{id}"))),
        Token);
}

public sealed class SqliteDeletedConversationTests(SqliteStore store) : DeletedConversationConformance(store), IClassFixture<SqliteStore>;

public sealed class PostgreSqlDeletedConversationTests(PostgreSqlStore store)
    : DeletedConversationConformance(store), IClassFixture<PostgreSqlStore>;
