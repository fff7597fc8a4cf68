using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Conversations.Store;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Conversations;

/// <summary>A page of messages is one message between processes, whose size is limited.</summary>
public sealed class MessagePageTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private const int MessageCount = 30;

    private static readonly string LongText = new('\u6F22', (SqlConversationReader.MaxPageLength / 10) + 1);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MessagesAsync_TotalTooLong_ReturnsFewerThanRequestedAndHasMore()
    {
        var (user, conversation) = await AddAsync(LongText);

        Assert.Equal((Numbers(22, 9), true), await ReadAsync(user, conversation, null, null));
        Assert.Equal((Numbers(13, 9), true), await ReadAsync(user, conversation, before: 22, null));
        Assert.Equal((Numbers(1, 3), false), await ReadAsync(user, conversation, before: 4, null));
        Assert.Equal((Numbers(1, 9), true), await ReadAsync(user, conversation, null, after: 0));
        Assert.Equal((Numbers(22, 9), false), await ReadAsync(user, conversation, null, after: 21));
    }

    [Fact]
    public async Task MessagesAsync_SingleMessageTooLong_ReturnsThatMessage()
    {
        var (user, conversation) = await AddAsync(new string('x', SqlConversationReader.MaxPageLength + 1));

        Assert.Equal((Numbers(MessageCount, 1), true), await ReadAsync(user, conversation, null, null));
    }

    private static string Numbers(int first, int count) => string.Join(' ', Enumerable.Range(first, count));

    private async Task<(string Numbers, bool HasMore)> ReadAsync(UserId user, ConversationId conversation, long? before, long? after)
    {
        var reader = new SqlConversationReader(store.Database);
        var page = await reader.MessagesAsync(user, conversation, new MessagePageRequest(before, after, 100), "e", Token);
        return (string.Join(' ', page!.Messages.Select(message => message.Seq)), page.HasMore);
    }

    private async Task<(UserId User, ConversationId Conversation)> AddAsync(string content)
    {
        var (user, conversation) = (UserId.New(_time), ConversationId.New(_time));
        await store.Writes.CommitAsync(
            new WriteUnit(
            [
                new Statement(
                    """
                    insert into conversations
                        (id, user_id, personas, on_busy, archived, version, last_seq, read_seq, created_at, activity_at)
                    values (@id, @user, '[]', 'queue', false, 1, @last, 0, 0, 0)
                    """,
                    ("id", conversation.ToString()),
                    ("user", user.ToString()),
                    ("last", MessageCount)),
                .. Enumerable.Range(1, MessageCount).Select(number => new Statement(
                    """
                    insert into messages (conversation_id, seq, id, role, content, status, created_at)
                    values (@id, @number, @messageId, 'user', @content, 'completed', 0)
                    """,
                    ("id", conversation.ToString()),
                    ("number", number),
                    ("messageId", MessageId.New(_time).ToString()),
                    ("content", content))),
            ]),
            Token);
        return (user, conversation);
    }
}
