using Dapper;
using JubileeVerse.Accounts;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.History;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Realtime.Presence;

internal sealed class SqlUserChannelStore(IDatabase database, IWriteBatcher batcher, TimeProvider time) : IUserChannelStore
{
    // A stale offset sets a NOT NULL column to null, which fails the whole write unit on both databases.
    private const string Raise =
        """
        insert into user_channels (user_id, "offset") values (@userId, @offset)
        on conflict (user_id) do update set "offset" = case when user_channels."offset" = @offset - 1 then @offset end
        """;

    public async Task<long> LoadAsync(UserId userId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
            """select "offset" from user_channels where user_id = @userId""",
            new { userId = userId.ToString() },
            cancellationToken: cancellationToken)) ?? 0;
    }

    public Task AppendAsync(UserId userId, DurableFrame frame, CancellationToken cancellationToken) => batcher.CommitAsync(
        new WriteUnit(
        [
            new Statement(Raise, ("userId", userId.ToString()), ("offset", frame.Offset)),
            .. ChannelEventStatements.Add(frame, time.NowMs()),
        ]),
        cancellationToken);
}
