using Dapper;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Realtime.Channels;

internal sealed class SqlNamedChannelStore(IDatabase database, IWriteBatcher batcher, TimeProvider time) : INamedChannelStore
{
    private const string Insert =
        "insert into named_channels (name, created_at) values (@name, @createdAt) on conflict (name) do nothing";

    public async Task<bool> ExistsAsync(ChannelName channel, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from named_channels where name = @name",
            new { name = channel.Key },
            cancellationToken: cancellationToken)) > 0;
    }

    public Task CreateAsync(ChannelName channel, CancellationToken cancellationToken) => batcher.CommitAsync(
        new WriteUnit(new Statement(Insert, ("name", channel.Key), ("createdAt", time.NowMs()))), cancellationToken);

    public Task RemoveAsync(ChannelName channel, CancellationToken cancellationToken) => batcher.CommitAsync(
        new WriteUnit(new Statement("delete from named_channels where name = @name", ("name", channel.Key))), cancellationToken);
}
